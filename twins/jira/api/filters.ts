/** Filters: kept queries. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { badQuery, missing } from '../errors.ts';
import { favouritedCount, isFavourite, setFavourite } from '../model/filters/favourites.ts';
import {
  changeOwner,
  createFilter,
  deleteFilter,
  favouriteFilters,
  filtersOf,
  requireFilter,
  setColumns,
  updateFilter,
} from '../model/filters/filter.ts';
import { findFilters } from '../model/filters/filterSearch.ts';
import { sharedPeople } from '../model/filters/sharedPeople.ts';
import { mayChange } from '../model/filters/sharing.ts';
import type { Filter } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { columnsView, sentColumns } from './columns.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { leadView, listedPerson } from './peopleView.ts';
import { sharedOrders, sharingView } from './shareViews.ts';

type Json = Record<string, unknown>;

/** One filter in full. `expand`: `sharedUsers`, `subscriptions`, each with `[from:to]`. */
const filterView = (at: Address, filter: Filter, expand: readonly string[] = []): Json => ({
  ...filterDetails(at, filter),
  sharedUsers: peopleWindow(at, filter, expand),
});

/** What a filter says without looking for everybody who sees it. */
const filterDetails = (at: Address, filter: Filter): Json => ({
  self: `${at.rest}/filter/${filter.id}`,
  id: filter.id,
  name: filter.name,
  description: filter.description,
  owner: leadView(at, filter.owner),
  jql: filter.jql,
  viewUrl: viewUrl(at, filter),
  searchUrl: searchUrl(at, filter),
  favourite: isFavourite(at.world, at.me, 'filter', filter.id),
  favouritedCount: favouritedCount(at.world, 'filter', filter.id),
  ...sharingView(at, filter),
  subscriptions: { size: 0, items: [], 'max-results': 0, 'start-index': 0, 'end-index': 0 },
});

const viewUrl = (at: Address, { id }: Filter): string => `${at.site}/issues/?filter=${id}`;
const searchUrl = (at: Address, { jql }: Filter): string =>
  `${at.rest}/search?jql=${encodeURIComponent(jql).replace(/%20/g, '+')}`;

const WINDOW_MAX = 1_000;

/** The people that a filter is shared with: their number, and with `sharedUsers` some of them. */
function peopleWindow(at: Address, filter: Filter, expand: readonly string[]): Json {
  const people = sharedPeople(at.world, filter);
  const asked = expand
    .map((one) => /^sharedUsers(?:\[(\d+):(\d+)\])?$/.exec(one))
    .find((one) => one !== null);
  const first = Number(asked?.[1] ?? 0);
  const last = Math.min(Number(asked?.[2] ?? WINDOW_MAX - 1), first + WINDOW_MAX - 1);
  const items = asked ? people.slice(first, last + 1).map((one) => listedPerson(at, one)) : [];
  return {
    size: people.length,
    items,
    'max-results': WINDOW_MAX,
    'start-index': asked ? first : 0,
    'end-index': items.length === 0 ? 0 : first + items.length - 1,
  };
}

const FOUND_EXPAND =
  'description,owner,jql,viewUrl,searchUrl,favourite,favouritedCount,sharePermissions,editPermissions,isWritable,approximateLastUsed,subscriptions';

/** A filter in what a search found: what was not asked for stays away. */
function foundFilter(at: Address, filter: Filter, expand: ReadonlySet<string>): Json {
  const { self, id, name, ...rest } = filterDetails(at, filter);
  const isWritable = at.me !== undefined && mayChange(at.world, at.me, filter);
  const asked = Object.entries({ ...rest, isWritable }).filter(([key]) => expand.has(key));
  return { expand: FOUND_EXPAND, self, id, name, ...Object.fromEntries(asked) };
}

const anonymous = { anonymous: true };

const answered = (call: Call, filter: Filter): Json =>
  filterView(addressOf(call), filter, listParameter(call.query, 'expand'));

export const filterEndpoints: readonly Endpoint[] = [
  endpoint(
    { id: 'createFilter', route: 'POST /rest/api/3/filter', doc: doc('filters', 'filter-post') },
    (call) => answered(call, createFilter(call.world, caller(call), bodyObject(call))),
  ),
  endpoint(
    {
      id: 'getFavouriteFilters',
      route: 'GET /rest/api/3/filter/favourite',
      traits: anonymous,
      doc: doc('filters', 'filter-favourite-get'),
    },
    (call) => {
      const { me, world } = addressOf(call);
      return me ? favouriteFilters(world, me).map((one) => answered(call, one)) : [];
    },
  ),
  endpoint(
    { id: 'getMyFilters', route: 'GET /rest/api/3/filter/my', doc: doc('filters', 'filter-my-get') },
    (call) =>
      filtersOf(call.world, caller(call), call.query.get('includeFavourites') === 'true').map((one) =>
        answered(call, one),
      ),
  ),
  endpoint(
    {
      id: 'getFiltersPaginated',
      route: 'GET /rest/api/3/filter/search',
      page: { style: 'values', default: 50, max: 100 },
      traits: anonymous,
      doc: doc('filters', 'filter-search-get'),
    },
    (call) => {
      const at = addressOf(call);
      const { query } = call;
      if (query.has('owner') && query.has('accountId'))
        throw badQuery('Only one of owner and accountId may be specified.');
      const known = new Set(FOUND_EXPAND.split(','));
      const expand = new Set(listParameter(query, 'expand'));
      for (const one of expand) if (!known.has(one)) throw badQuery(`Invalid expand parameter '${one}'.`);
      const found = findFilters(at.world, at.me, {
        filterName: query.get('filterName') ?? '',
        isSubstringMatch: query.get('isSubstringMatch') === 'true',
        accountId: query.get('accountId') || query.get('owner') || null,
        groupId: query.get('groupId') || null,
        projectId: query.get('projectId') || null,
        ids: listParameter(query, 'id'),
        override: query.get('overrideSharePermissions') === 'true',
      });
      const { stars, starred, ...orders } = sharedOrders<Filter>(at, 'filter');
      const ordered = orderedBy(found, query.get('orderBy') || 'name', {
        ...orders,
        favourite_count: stars,
        is_favourite: starred,
        is_shared: (row) => (row.sharePermissions.length > 0 ? 0 : 1),
      });
      return list(rangeOf(ordered), (one) => foundFilter(at, one, expand));
    },
  ),
  endpoint(
    {
      id: 'getFilter',
      route: 'GET /rest/api/3/filter/{id}',
      traits: anonymous,
      doc: doc('filters', 'filter-id-get'),
    },
    (call) => {
      const override = call.query.get('overrideSharePermissions') === 'true';
      return answered(call, requireFilter(call.world, addressOf(call).me, call.params.id, override));
    },
  ),
  endpoint(
    { id: 'updateFilter', route: 'PUT /rest/api/3/filter/{id}', doc: doc('filters', 'filter-id-put') },
    (call) => answered(call, updateFilter(call.world, caller(call), call.params.id, bodyObject(call))),
  ),
  endpoint(
    {
      id: 'deleteFilter',
      route: 'DELETE /rest/api/3/filter/{id}',
      status: 204,
      doc: doc('filters', 'filter-id-delete'),
    },
    (call) => deleteFilter(call.world, caller(call), call.params.id),
  ),
  endpoint(
    {
      id: 'changeFilterOwner',
      route: 'PUT /rest/api/3/filter/{id}/owner',
      status: 204,
      doc: doc('filters', 'filter-id-owner-put'),
    },
    (call) => changeOwner(call.world, caller(call), call.params.id, bodyObject(call).accountId),
  ),
  ...[true, false].map((wanted) =>
    endpoint(
      {
        id: wanted ? 'setFavouriteForFilter' : 'deleteFavouriteForFilter',
        route: `${wanted ? 'PUT' : 'DELETE'} /rest/api/3/filter/{id}/favourite`,
        doc: doc('filters', `filter-id-favourite-${wanted ? 'put' : 'delete'}`),
      },
      (call) => {
        const me = caller(call);
        const filter = requireFilter(call.world, me, call.params.id as string);
        setFavourite(call.world, me, 'filter', filter.id, wanted);
        return answered(call, filter);
      },
    ),
  ),
  endpoint(
    {
      id: 'getColumns',
      route: 'GET /rest/api/3/filter/{id}/columns',
      traits: anonymous,
      doc: doc('filters', 'filter-id-columns-get'),
    },
    (call) => {
      const { columns } = requireFilter(call.world, addressOf(call).me, call.params.id);
      if (!columns) throw missing('There is no column configuration for this filter.');
      return columnsView(call.world, columns);
    },
  ),
  endpoint(
    {
      id: 'setColumns',
      route: 'PUT /rest/api/3/filter/{id}/columns',
      traits: { form: true },
      doc: doc('filters', 'filter-id-columns-put'),
    },
    (call) => setColumns(call.world, caller(call), call.params.id, sentColumns(call)),
  ),
  endpoint(
    {
      id: 'resetColumns',
      route: 'DELETE /rest/api/3/filter/{id}/columns',
      status: 204,
      doc: doc('filters', 'filter-id-columns-delete'),
    },
    (call) => setColumns(call.world, caller(call), call.params.id, undefined),
  ),
];

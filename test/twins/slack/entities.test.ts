import { describe, expect, it } from 'vitest';
import { entityPanes } from '../../../twins/slack/model/interactivity/entity.ts';
import { type Answer, BOB, openWorkspace, WORLD } from './workspace.ts';

const URL = 'https://docs.example/plan';
const METADATA = {
  entity_type: 'slack#/entities/file',
  url: URL,
  external_ref: { id: 'plan' },
  entity_payload: { attributes: { title: { text: 'Plan' } } },
};

async function opened(comments = false) {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const subscriptions = ['entity_details_requested', 'entity_comments_requested'];
  const { interactivity: _, ...rest } = app;
  const apps = [{ ...rest, events: { ...app.events, subscriptions } }];
  const w = await openWorkspace({ ...WORLD, slack: { ...WORLD.slack, apps } });
  w.gesture('openEntity', BOB, { app: 'Desk', id: 'plan', url: URL, channel: 'general', comments });
  const [{ event }] = await w.heard();
  return { w, event, trigger_id: event.trigger_id as string };
}

describe('a work object', () => {
  it('is shown by its app to who opened it', async () => {
    const { w, event, trigger_id } = await opened();
    expect(event).toMatchObject({
      type: 'entity_details_requested',
      user: w.person(BOB),
      external_ref: { id: 'plan' },
      link: { url: URL, domain: 'docs.example' },
      channel: w.channel('general'),
    });
    const present = async (given: object) => w.api('entity.presentDetails', { trigger_id, ...given });
    expect((await present({})).error).toBe('invalid_metadata');
    expect((await present({ trigger_id: 'x' })).error).toBe('invalid_trigger_id');
    expect((await present({ user_auth_required: true })).error).toBe('user_auth_url_missing');
    const other = { ...METADATA, external_ref: { id: 'other' } };
    expect((await present({ metadata: other })).error).toBe('entity_metadata_does_not_match_trigger');
    const acting = { ...METADATA, entity_payload: { actions: { primary_actions: [] } } };
    expect((await present({ metadata: acting })).error).toBe('missing_interactivity_url');
    expect(await present({ metadata: JSON.stringify(METADATA) })).toEqual({ ok: true });
    const panes = w.universe.view('slack').list(entityPanes);
    expect(panes.toArray()).toMatchObject([
      { user: w.person(BOB), entity: 'plan', details: { metadata: METADATA } },
    ]);
  });

  it('has comments that its app presents, and deletes by an action that it names', async () => {
    const { w, trigger_id } = await opened(true);
    const present = async (given: object) => w.api('entity.presentComments', { trigger_id, ...given });
    const comments = [{ id: '1', text: 'hm', can_delete: true }];
    expect((await present({ comments })).error).toBe('missing_delete_action_id');
    expect(await present({ comments, delete_action_id: 'gone', can_post_comment: true })).toEqual({
      ok: true,
    });
    expect((await w.api('entity.presentDetails', { trigger_id, metadata: METADATA })).error).toBe(
      'invalid_trigger_id',
    );
    expect((await w.api('entity.acknowledgeCommentAction', { trigger_id })).error).toBe('invalid_trigger_id');
  });
});

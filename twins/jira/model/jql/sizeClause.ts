/** Clauses on fields that are compared by size: moments, days, numbers, work. */
import type { Clause } from './ast.ts';
import { ordered } from './choiceClause.ts';
import { type Compilation, type Hits, NOTHING, type Stretch, tested } from './compilation.ts';
import type { Size } from './field.ts';
import { sizesOf } from './operands.ts';

/** The hits of a clause, whose operator and operand fit the field. */
export function sizeClause(at: Compilation, field: Size, clause: Clause): Hits {
  const { operator, operand } = clause;
  const sizes = sizesOf(at, field, clause.field.name, operand);
  const held = (issue: Parameters<Hits['test']>[0]) => field.values(at.world, issue);
  const empty =
    operand.kind === 'empty' ||
    (operand.kind === 'list' && operand.values.some((one) => one.kind === 'empty'));
  if (operator === '=' || operator === 'in' || operator === 'is')
    return {
      ...tested((issue) => {
        const own = held(issue);
        return own.length === 0 ? empty : own.some((size) => sizes.includes(size));
      }),
      stretches: !empty && sizes.length === 1 ? stretch(field, '=', sizes[0] as number) : [],
    };
  if (operator === '!=' || operator === 'not in' || operator === 'is not')
    return tested((issue) => {
      const own = held(issue);
      return own.length > 0 && !own.some((size) => sizes.includes(size));
    });
  const [limit] = sizes;
  if (limit === undefined) return NOTHING;
  return {
    ...tested((issue) => held(issue).some((size) => ordered(operator, size - limit))),
    stretches: stretch(field, operator, limit),
  };
}

/** Which part of the field's index the hits are in. */
function stretch({ index }: Size, operator: Clause['operator'], limit: number): Stretch[] {
  if (!index) return [];
  const all = { index, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  if (operator === '=') return [{ index, from: limit, to: limit + 1 }];
  if (operator === '<') return [{ ...all, to: limit }];
  if (operator === '<=') return [{ ...all, to: limit + 1 }];
  return [{ ...all, from: operator === '>' ? limit + 1 : limit }];
}

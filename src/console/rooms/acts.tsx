/** Gestures as buttons and forms: sent to the room's own address, with who does it and where one was. */
import type { Act, Field } from '../../room.ts';
import { type Here, herePath } from './address.ts';
import { fieldName } from './gesture.ts';

/** Id of the list of people that fields for a person offer. */
export const CAST_LIST = 'cast';

/** Buttons side by side; a form with several fields, or that is not the main one, opens below its name. */
export function Acts({ here, acts }: { here: Here; acts: readonly Act[] }) {
  if (acts.length === 0) return <></>;
  return (
    <div class="acts">
      {acts.map((act) => (
        <Gesture here={here} act={act} />
      ))}
    </div>
  );
}

function Gesture({ here, act }: { here: Here; act: Act }) {
  if ((act.fields ?? []).length === 0) return <ActForm here={here} act={act} />;
  if (act.style === 'primary') return <ActForm here={here} act={act} />;
  return (
    <details class="act">
      <summary>{act.label}</summary>
      <ActForm here={here} act={act} />
    </details>
  );
}

interface Form {
  here: Here;
  act: Act;
  mark?: string;
  title?: string;
}

/** The form of one gesture; `mark` stands in the place of the button's label, `title` explains it. */
export function ActForm({ here, act, mark, title }: Form) {
  const { gesture, style, label, fields = [] } = act;
  const look = style === 'primary' ? 'main' : style === 'danger' ? 'danger' : '';
  return (
    <form method="post" action={herePath(here)} class={fields.length > 0 ? 'filled' : 'pressed'}>
      <input type="hidden" name="gesture" value={gesture} />
      <input type="hidden" name="label" value={label} />
      <input type="hidden" name="with" value={JSON.stringify(act.with)} />
      <input type="hidden" name="as" value={here.asked.as ?? ''} />
      {here.spot ? <input type="hidden" name="spot" value={here.spot} /> : ''}
      {act.leads ? <input type="hidden" name="leads" value={`${act.leads.kind}/${act.leads.key}`} /> : ''}
      {fields.map((field) => (
        <Control field={field} />
      ))}
      <button type="submit" class={look} {...(title === undefined ? {} : { title })}>
        {mark ?? label}
      </button>
    </form>
  );
}

function Control({ field }: { field: Field }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is in the component
    <label>
      {field.label}
      {field.optional ? ' (optional)' : ''}
      <Input field={field} />
    </label>
  );
}

const KINDS = {
  text: 'text',
  long: 'text',
  date: 'text',
  person: 'text',
  number: 'number',
  choice: 'json',
  many: 'many',
} as const;

function Input({ field }: { field: Field }) {
  const { type, path, optional = false, blank = false, value } = field;
  const same = { name: fieldName(KINDS[type], path, optional), required: !optional && !blank };
  const shown = value === undefined || value === null ? '' : String(value);
  if (type === 'long')
    return (
      <textarea {...same} rows={2} maxlength={TEXT_CHARS_MAX}>
        {shown}
      </textarea>
    );
  if (type === 'choice' || type === 'many') return <Options field={field} same={same} />;
  if (type === 'person')
    return <input {...same} type="email" list={CAST_LIST} value={shown} autocomplete="off" />;
  return <input {...same} type={type} value={shown} maxlength={TEXT_CHARS_MAX} autocomplete="off" />;
}

/** What one field takes; the vendor's own bounds are narrower. */
const TEXT_CHARS_MAX = 40_000;

function Options({ field, same }: { field: Field; same: { name: string; required: boolean } }) {
  const { type, options = [], value, optional } = field;
  const chosen = (one: unknown) => (Array.isArray(value) ? value.includes(one) : value === one);
  return (
    <select {...same} multiple={type === 'many'}>
      {type === 'choice' && (optional || value === undefined) ? <option value="">…</option> : ''}
      {options.map((one) => (
        <option value={JSON.stringify(one.value)} selected={chosen(one.value)}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

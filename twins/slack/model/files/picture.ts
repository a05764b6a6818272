/** Pictures in blocks that are files in Slack. https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
import type { World } from '../../../../src/world/world.ts';
import { files, isObject, type Json, type SlackFile, type Token } from '../../world.ts';
import { seesFile } from './fileShare.ts';

/** What is wrong with the files that blocks show: each must be a picture that the caller sees. */
export function pictureErrors(
  world: World,
  actor: Token,
  blocks: readonly unknown[],
  pointer: string,
): string[] {
  return blocks
    .flatMap((block, i) => picturesIn(block, `${pointer}/${i}`))
    .flatMap(({ file, at }) => {
      const how = file.id === undefined ? 'url' : 'id';
      const known = world.get(files, how === 'id' ? String(file.id) : idIn(String(file.url)));
      return known && isPicture(known) && seesFile(world, actor.user, known)
        ? []
        : [`invalid slack file [json-pointer:${at}/slack_file.${how}/slack_file]`];
    });
}

/** Every file that a block or what is in it shows, and where. */
function picturesIn(value: unknown, at: string): { file: Json; at: string }[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => picturesIn(one, `${at}/${i}`));
  if (!isObject(value)) return [];
  const own = isObject(value.slack_file) ? [{ file: value.slack_file, at }] : [];
  const parts = Object.entries(value).filter(([name]) => name !== 'slack_file');
  return [...own, ...parts.flatMap(([name, one]) => picturesIn(one, `${at}/${name}`))];
}

/** The file that one of its addresses names. */
const idIn = (url: string): string => /[/-](F[A-Z0-9]{6,})(?:[/?-]|$)/.exec(url)?.[1] ?? '';

/** Slack finds out what a file is a while after it came; until then it is what its name says. */
const isPicture = ({ mode, mimetype, name }: SlackFile): boolean =>
  mode !== 'tombstone' && (/^image\//.test(mimetype) || /\.(png|jpe?g|gif)$/i.test(name));

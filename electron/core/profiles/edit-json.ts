import { insertion, removals, replacement, type Splice } from '../yaml/splice.ts';
import { type JsonMemberPlace, type JsonPlace, memberOf } from './json-places.ts';

/** A JSON object in its text. */
export interface JsonObject {
  readonly text: string;
  readonly place: JsonPlace;
}

/** Puts another value in the place of the one that counts; nothing around it changes. */
export function replaceValue(member: JsonMemberPlace, value: unknown): Splice {
  return replacement(member.value.start, member.value.end, JSON.stringify(value));
}

/**
 * Takes all members of a name out, each with the comma and the white space that made it one more. Of a name that
 * stands twice an older value would count if only one went.
 */
export function removeMembers({ place }: JsonObject, name: string): Splice[] {
  const { members } = place;
  const gone = members.map((member) => member.name === name);
  const firstKept = gone.indexOf(false);
  const ranges = members.flatMap((member, index): (readonly [number, number])[] => {
    if (gone[index] !== true) return [];
    // Those before the first that stays go up to it, the others from the end of the one before them.
    const previous = members[index - 1];
    const next = members[index + 1];
    if (firstKept !== -1 && index > firstKept && previous !== undefined) {
      return [[previous.value.end, member.value.end]];
    }
    return [[member.nameStart, next === undefined ? member.value.end : next.nameStart]];
  });
  return removals(ranges);
}

/**
 * Adds a member after the last of the members named in `after`, else at the end. It is laid out as its neighbour
 * is; in an empty object, as the object's own line and the text's first indentation say.
 */
export function insertMember(
  { text, place }: JsonObject,
  [name, value]: readonly [string, unknown],
  after: readonly string[],
): Splice {
  const anchors = after.flatMap((anchor) => memberOf(place, anchor) ?? []);
  const anchor = anchors.reduce<JsonMemberPlace | undefined>(
    (last, member) => (last === undefined || member.nameStart > last.nameStart ? member : last),
    undefined,
  );
  const neighbour = anchor ?? place.members.at(-1);
  if (neighbour === undefined) return fillEmpty({ text, place }, name, value);
  const lead = leadOf(text, neighbour);
  const colon = text.slice(neighbour.nameEnd, neighbour.value.start);
  return insertion(
    neighbour.value.end,
    `,${lead}${JSON.stringify(name)}${colon}${written(value, text, lead)}`,
  );
}

function fillEmpty({ text, place }: JsonObject, name: string, value: unknown): Splice {
  const outer = indentationAt(text, place.start);
  const eol = lineBreakOf(text);
  const isOneLine = !text.includes('\n');
  const lead = isOneLine ? '' : `${eol}${outer}${unitOf(text)}`;
  const close = isOneLine ? '' : eol + outer;
  const member = `${JSON.stringify(name)}: ${written(value, text, lead)}`;
  return replacement(place.start + 1, place.end - 1, `${lead}${member}${close}`);
}

/** A value on lines like those around it; on one line where its object is. */
function written(value: unknown, text: string, lead: string): string {
  if (!lead.includes('\n')) return JSON.stringify(value);
  const indentation = lead.slice(lead.lastIndexOf('\n') + 1);
  const lines = JSON.stringify(value, null, unitOf(text)).split('\n');
  return lines.join(lineBreakOf(text) + indentation);
}

/** The white space before a member's name, from the comma or brace on. */
function leadOf(text: string, { nameStart }: JsonMemberPlace): string {
  return /[\s]*$/.exec(text.slice(0, nameStart))?.[0] ?? '';
}

/** The white space that the line of an offset starts with. */
function indentationAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** One step of indentation: that of the first line that has one, else CCS's two spaces. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function lineBreakOf(text: string): string {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}

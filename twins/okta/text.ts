/** An answer that is not JSON; the wire puts it out with the headers that every answer has. */
export class TextBody {
  constructor(
    readonly contentType: string,
    readonly text: string,
    readonly headers: readonly (readonly [string, string])[] = [],
  ) {}
}

/**
 * The Response of `universe.fetch`. A Response that is made with a body wraps it in a stream, which costs more than
 * most twins' whole answer; this one keeps the text, and makes the stream only for who asks for it.
 */

/** What a response is made of. */
export interface ResponseParts {
  status: number;
  statusText: string;
  /** Such as can be sent. */
  headers: Iterable<[string, string]>;
  body: string | Uint8Array | undefined;
  url: string;
  redirected: boolean;
}

/** A Response in every respect; `url` and `redirected` as after a real request. */
export const universeResponse = (parts: ResponseParts): Response =>
  new UniverseResponse(parts) as unknown as Response;

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The platform's types forbid to override what they declare as properties, though they are accessors and methods. */
const Bodiless = Response as unknown as new (body: null, init: ResponseInit) => { get headers(): Headers };

class UniverseResponse extends Bodiless {
  readonly #parts: ResponseParts;
  #used = false;
  #filled = false;
  /** An ordinary Response with the same body, once somebody has asked for more than text. */
  #plain: Response | undefined;

  constructor(parts: ResponseParts) {
    super(null, { status: parts.status, statusText: parts.statusText });
    this.#parts = parts;
  }

  /** Filled when somebody looks. */
  override get headers(): Headers {
    const headers = super.headers;
    if (!this.#filled) for (const [name, value] of this.#parts.headers) headers.append(name, value);
    this.#filled = true;
    return headers;
  }

  get url(): string {
    return this.#parts.url;
  }

  get redirected(): boolean {
    return this.#parts.redirected;
  }

  get type(): 'basic' {
    return 'basic';
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#ordinary().body;
  }

  get bodyUsed(): boolean {
    return this.#plain ? this.#plain.bodyUsed : this.#used;
  }

  async text(): Promise<string> {
    const text = this.#text();
    return text ?? this.#ordinary().text();
  }

  async json(): Promise<unknown> {
    const text = this.#text();
    return text === undefined ? this.#ordinary().json() : JSON.parse(text);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#ordinary().arrayBuffer();
  }

  blob(): Promise<Blob> {
    return this.#ordinary().blob();
  }

  formData(): Promise<FormData> {
    return this.#ordinary().formData();
  }

  /** As newer platforms have it. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  clone(): Response {
    if (this.bodyUsed || this.#plain?.body?.locked)
      throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = new UniverseResponse({ ...this.#parts, headers: this.headers });
    if (this.#plain) copy.#plain = this.#plain.clone();
    return copy as unknown as Response;
  }

  /** The body where it is text that nobody has read; it counts as read from then on. */
  #text(): string | undefined {
    const { body } = this.#parts;
    if (this.#used || this.#plain || typeof body !== 'string') return undefined;
    this.#used = true;
    // On the wire half a surrogate pair would have become this, too.
    const text = LONE_SURROGATE.test(body) ? body.replace(LONE_SURROGATES, '\ufffd') : body;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  #ordinary(): Response {
    if (!this.#plain) {
      const { status, body } = this.#parts;
      const bytes = body instanceof Uint8Array ? Buffer.from(body) : body;
      this.#plain = new Response(bytes ?? null, { status, headers: this.headers });
      // What was read as text is gone for every other reader too.
      if (this.#used) void this.#plain.text();
    }
    return this.#plain;
  }
}

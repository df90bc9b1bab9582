import type { ObjectShape, SdkTypes, Shape } from "./sdk-types.js";

/** Where a body differs from the declarations: `invoice.lines.data[0].pricing: missing`. */
export type Deviation = string;

/** What Stripe's own text about an event says against its declared type: an invoice that is to come has no id yet. */
const UNLIKE_DECLARED = ["invoice.upcoming.data.object.id: missing"];

/** Compares bodies with the declared types: what is missing, unknown, of the wrong type, or not a value of its enum. */
export class DeviationFinder {
  constructor(readonly types: SdkTypes) {}

  /** A response: an object by its `object`, a list of such, or an error. */
  inResponse(body: unknown): Deviation[] {
    if (!isRecord(body)) return [`response: not an object but ${describe(body)}`];
    if ("error" in body) return this.#inObject(body.error, this.types.error, "error");
    return this.#inAnything(body, String(body.object));
  }

  /** A webhook payload: the envelope of its type, and what it carries. */
  inEvent(body: unknown): Deviation[] {
    if (!isRecord(body)) return [`event: not an object but ${describe(body)}`];
    const shape = this.types.byEvent.get(String(body.type));
    if (shape === undefined) return [`event: no declared event has the type ${describe(body.type)}`];
    const found = this.#inObject(body, shape, String(body.type));
    return found.filter((deviation) => !UNLIKE_DECLARED.includes(deviation));
  }

  #inAnything(body: Record<string, unknown>, path: string): Deviation[] {
    if (body.object === "list" || body.object === "search_result") return this.#inList(body, path);
    if (body.object === "event") return this.inEvent(body);
    const shapes = this.types.byObject.get(String(body.object));
    if (shapes === undefined) return [`${path}.object: no declared object is ${describe(body.object)}`];
    return this.#inBest(body, shapes, path);
  }

  #inList(body: Record<string, unknown>, path: string): Deviation[] {
    const { data, object, has_more, url, ...others } = body;
    const allowed = object === "list" ? [] : ["next_page", "total_count"];
    const envelope = [
      ...(typeof has_more === "boolean" ? [] : [`${path}.has_more: not a boolean`]),
      ...(typeof url === "string" ? [] : [`${path}.url: not a string`]),
      ...Object.keys(others).flatMap((key) => (allowed.includes(key) ? [] : [`${path}.${key}: unknown`])),
    ];
    if (!Array.isArray(data)) return [...envelope, `${path}.data: not an array`];
    return data.reduce<Deviation[]>((found, one: unknown, index) => {
      const at = `${path}.data[${index}]`;
      return found.concat(isRecord(one) ? this.#inAnything(one, at) : [`${at}: not an object`]);
    }, envelope);
  }

  #in(value: unknown, shape: Shape, path: string): Deviation[] {
    switch (shape.kind) {
      case "any":
        return [];
      case "union":
        return this.#inBest(value, shape.members, path);
      case "object":
        return this.#inObject(value, shape, path);
      case "array":
        if (!Array.isArray(value)) return [`${path}: not an array but ${describe(value)}`];
        return value.flatMap((one, index) => this.#in(one, shape.element(), `${path}[${index}]`));
      case "literal":
        return value === shape.value
          ? []
          : [`${path}: ${describe(value)} instead of ${describe(shape.value)}`];
      case "decimal":
        return isDecimal(value) ? [] : [`${path}: not a decimal in a string but ${describe(value)}`];
      case "null":
        return value === null ? [] : [`${path}: not null but ${describe(value)}`];
      default:
        return typeof value === shape.kind ? [] : [`${path}: not a ${shape.kind} but ${describe(value)}`];
    }
  }

  /** Against the member of a union that fits best: one without deviations, or else the one with the fewest. */
  #inBest(value: unknown, members: readonly Shape[], path: string): Deviation[] {
    const literals = members.flatMap((member) => (member.kind === "literal" ? [member.value] : []));
    if (typeof value === "string" && literals.length > 0 && literals.length >= members.length - 1) {
      const fits = literals.some((literal) => literal === value);
      return fits ? [] : [`${path}: ${describe(value)} is not one of ${literals.join(", ")}`];
    }
    let best: Deviation[] | null = null;
    for (const member of membersLike(value, members)) {
      const found = this.#in(value, member, path);
      if (found.length === 0) return found;
      if (best === null || found.length < best.length) best = found;
    }
    return best ?? [`${path}: nothing declared fits ${describe(value)}`];
  }

  #inObject(value: unknown, shape: ObjectShape, path: string): Deviation[] {
    if (!isRecord(value)) return [`${path}: not an object (${shape.name}) but ${describe(value)}`];
    const missing = [...shape.properties].flatMap(([name, { isOptional }]) =>
      isOptional || Object.hasOwn(value, name) || mayBePartial(path) ? [] : [`${path}.${name}: missing`],
    );
    const present = Object.entries(value).flatMap(([name, one]) => {
      // The old value of a key that was not there before is null, whatever its type.
      if (one === null && mayBePartial(`${path}.${name}`) && (shape.rest || shape.properties.has(name)))
        return [];
      const property = shape.properties.get(name);
      if (property !== undefined) return this.#in(one, property.shape(), `${path}.${name}`);
      return shape.rest === null
        ? [`${path}.${name}: unknown`]
        : this.#in(one, shape.rest(), `${path}.${name}`);
    });
    return [...missing, ...present];
  }
}

/** The old values in an update hold only what changed, also within an object; an array stands there whole. */
function mayBePartial(path: string): boolean {
  return /\.previous_attributes(\.[^[]*)?$/.test(path);
}

/** Of several declared objects only those with the body's own `object`, `type` or deletion are worth a comparison. */
function membersLike(value: unknown, members: readonly Shape[]): readonly Shape[] {
  if (value === null) return members;
  if (!isRecord(value)) return members.filter(({ kind }) => kind !== "object" && kind !== "null");
  const objects = members.filter((member) => member.kind === "object");
  const alike = objects.filter((member) => {
    const declared = member.properties.get("object")?.shape();
    const isDeleted = member.properties.get("deleted")?.isOptional === false;
    const isSame = declared?.kind !== "literal" || declared.value === value.object;
    return isSame && isDeleted === (value.deleted === true);
  });
  return alike.length > 0 ? alike : objects;
}

function isDecimal(value: unknown): boolean {
  return typeof value === "string" && /^-?\d+(\.\d{1,12})?$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

import { fileURLToPath } from "node:url";
import ts from "typescript-api";

/** What a declaration allows a JSON value to be. `string` is any text; an enum lists its values. */
export type Shape =
  | { kind: "any" | "string" | "decimal" | "number" | "boolean" | "null" }
  | { kind: "literal"; value: string | number | boolean }
  | { kind: "array"; element: () => Shape }
  | { kind: "object"; name: string; properties: ReadonlyMap<string, Property>; rest: (() => Shape) | null }
  | { kind: "union"; members: readonly Shape[] };

export type Property = { shape: () => Shape; isOptional: boolean };
export type ObjectShape = Extract<Shape, { kind: "object" }>;

/** The declared types of the `stripe` package, by what a body says it is. */
export type SdkTypes = {
  /** By the value of `object`; several where a body may also be a deleted stub. */
  byObject: ReadonlyMap<string, readonly ObjectShape[]>;
  /** Events by their type. */
  byEvent: ReadonlyMap<string, ObjectShape>;
  error: ObjectShape;
};

const ROOT = fileURLToPath(new URL("../../node_modules/stripe/esm/", import.meta.url));

/** Reads the declarations with TypeScript's own compiler, once; a type becomes a shape when it is first needed. */
export function loadSdkTypes(): SdkTypes {
  const program = ts.createProgram([`${ROOT}stripe.esm.node.d.ts`], {
    strict: true,
    skipLibCheck: true,
    types: [],
    lib: ["lib.es2022.d.ts"],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  const shapes = new ShapeReader(program.getTypeChecker());
  const byObject = new Map<string, ObjectShape[]>();
  const byEvent = new Map<string, ObjectShape>();
  let error: ObjectShape | null = null;

  for (const { name, literals, shape } of declaredTypes(program, shapes)) {
    if (name === "StripeRawError") error = shape();
    if (literals.object === undefined) continue;
    if (literals.object === "event" && literals.type !== undefined) byEvent.set(literals.type, shape());
    else byObject.set(literals.object, [...(byObject.get(literals.object) ?? []), shape()]);
  }
  if (error === null) throw new Error("the stripe package no longer declares StripeRawError");
  return { byObject, byEvent, error };
}

/** The types of the v1 API, with the fixed values of their `object` and `type`. */
function* declaredTypes(program: ts.Program, shapes: ShapeReader) {
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(ROOT) || file.fileName.includes("/V2/")) continue;
    for (const statement of file.statements) {
      const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      if (!isType || statement.typeParameters !== undefined) continue;
      const type = shapes.checker.getTypeAtLocation(statement.name);
      const literals = { object: shapes.literalOf(type, "object"), type: shapes.literalOf(type, "type") };
      yield { name: statement.name.text, literals, shape: () => shapes.objectShape(type) };
    }
  }
}

class ShapeReader {
  readonly #known = new Map<ts.Type, Shape>();

  constructor(readonly checker: ts.TypeChecker) {}

  literalOf(type: ts.Type, name: string): string | undefined {
    const symbol = type.getProperty(name);
    if (symbol === undefined) return undefined;
    const property = this.checker.getTypeOfSymbol(symbol);
    return property.isStringLiteral() ? property.value : undefined;
  }

  objectShape(type: ts.Type): ObjectShape {
    const known = this.#known.get(type);
    if (known?.kind === "object") return known;
    const rest = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const shape: ObjectShape = {
      kind: "object",
      name: this.checker.typeToString(type),
      properties: new Map(
        type.getApparentProperties().map((symbol) => [symbol.name, this.#property(symbol)]),
      ),
      rest: rest === undefined ? null : () => this.shapeOf(rest.type),
    };
    this.#known.set(type, shape);
    return shape;
  }

  shapeOf(type: ts.Type): Shape {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const shape = this.#read(type);
    this.#known.set(type, shape);
    return shape;
  }

  #property(symbol: ts.Symbol): Property {
    const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
    return { isOptional, shape: () => this.shapeOf(this.checker.getTypeOfSymbol(symbol)) };
  }

  #read(type: ts.Type): Shape {
    if (type.isIntersection() && type.types.some((part) => part.symbol?.name === "DecimalImpl"))
      return { kind: "decimal" };
    if (type.isUnion()) return this.#union(type.types);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) {
      return { kind: "literal", value: this.checker.typeToString(type) === "true" };
    }
    if (type.flags & ts.TypeFlags.String) return { kind: "string" };
    if (type.flags & ts.TypeFlags.Number) return { kind: "number" };
    if (type.flags & ts.TypeFlags.Boolean) return { kind: "boolean" };
    if (type.flags & ts.TypeFlags.Null) return { kind: "null" };
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { kind: "any" };
    // An enum stays open to values of later versions (`| OtherString`); alone, that is any string.
    if (isOtherString(type)) return { kind: "string" };
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      return {
        kind: "array",
        element: () => (element === undefined ? { kind: "any" } : this.shapeOf(element)),
      };
    }
    if (type.flags & ts.TypeFlags.Object) return this.objectShape(type);
    throw new Error(`no shape for the declared type ${this.checker.typeToString(type)}`);
  }

  #union(types: readonly ts.Type[]): Shape {
    const hasLiterals = types.some((type) => type.isStringLiteral());
    const members = types
      .filter((type) => !(type.flags & ts.TypeFlags.Undefined))
      .filter((type) => !(hasLiterals && isOtherString(type)))
      .map((type) => this.shapeOf(type));
    const [only] = members;
    return members.length === 1 && only !== undefined ? only : { kind: "union", members };
  }
}

function isOtherString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => (part.flags & ts.TypeFlags.String) !== 0);
}

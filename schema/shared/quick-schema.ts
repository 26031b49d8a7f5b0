import { ParseResult, Schema, SchemaAST } from 'effect'

/**
 * What Schema does with plain values, without what it does besides: no result object for each field, no path to each error.
 *
 *     schema ──► once: a function for each of its parts ──► a value, or `refused` ──► refused: Schema says why
 *
 * 1. A value that is given is the one Schema gives, key by key, in the same order.
 * 2. What is refused here is asked of Schema again, so nothing is refused that Schema takes, and errors are Schema's own.
 * 3. A part that is not known here is left to Schema.
 */
export const decoderOf = <A, I>(schema: Schema.Schema<A, I>): ((value: unknown) => A) =>
  orElse(wayOf(schema.ast, 'decode'), Schema.decodeUnknownSync(schema))

export const encoderOf = <A, I>(schema: Schema.Schema<A, I>): ((value: A) => I) =>
  orElse(wayOf(schema.ast, 'encode'), Schema.encodeSync(schema))

/** Whether a value already is of the type. */
export const isOf = <A, I>(schema: Schema.Schema<A, I>): ((value: unknown) => value is A) => {
  const check = wayOf(SchemaAST.typeAST(schema.ast), 'check')
  return (value): value is A => check(value) !== refused
}

const orElse =
  <Given, Made>(quick: Way, slow: (value: Given) => Made) =>
  (value: Given): Made => {
    const made = quick(value)
    return made === refused ? slow(value) : (made as Made) // what Schema makes
  }

type Direction = 'decode' | 'encode' | 'check'
/** A value, or `refused`. */
type Way = (value: unknown) => unknown

const refused = Symbol('refused')

const wayOf = (ast: SchemaAST.AST, direction: Direction): Way => {
  if (hasOwnWay(ast)) return schemasWay(ast, direction)
  switch (ast._tag) {
    case 'StringKeyword':
      return (value) => (typeof value === 'string' ? value : refused)
    case 'NumberKeyword':
      return (value) => (typeof value === 'number' ? value : refused)
    case 'BooleanKeyword':
      return (value) => (typeof value === 'boolean' ? value : refused)
    case 'UndefinedKeyword':
      return (value) => (value === undefined ? value : refused)
    case 'UnknownKeyword':
      return (value) => value
    case 'Literal':
      return (value) => (value === ast.literal ? value : refused)
    case 'Refinement':
      return refinement(ast, direction)
    case 'TupleType':
      return list(ast, direction)
    case 'TypeLiteral':
      return record(ast, direction)
    case 'Union':
      return union(ast, direction)
    default:
      return schemasWay(ast, direction)
  }
}

/** What an annotation says about parsing, only Schema knows. */
const hasOwnWay = ({ annotations }: SchemaAST.AST): boolean =>
  SchemaAST.ParseOptionsAnnotationId in annotations || SchemaAST.DecodingFallbackAnnotationId in annotations

const schemasWay = (ast: SchemaAST.AST, direction: Direction): Way => {
  const schema = Schema.make<unknown, unknown>(ast)
  const [decode, encode, is] = [
    ParseResult.decodeUnknownEither(schema),
    ParseResult.encodeUnknownEither(schema),
    Schema.is(schema),
  ]
  if (direction === 'check') return (value) => (is(value) ? value : refused)
  const either = direction === 'decode' ? decode : encode
  return (value) => {
    const made = either(value)
    return made._tag === 'Right' ? made.right : refused
  }
}

const refinement = (ast: SchemaAST.Refinement, direction: Direction): Way => {
  if (ast === Schema.Finite.ast) return (value) => (Number.isFinite(value) ? value : refused)
  if (ast === Schema.Date.ast && direction === 'decode')
    return (value) => {
      if (typeof value !== 'string') return refused
      const date = new Date(value)
      return Number.isNaN(date.getTime()) ? refused : date
    }
  return schemasWay(ast, direction)
}

const list = (ast: SchemaAST.TupleType, direction: Direction): Way => {
  const [rest, ...more] = ast.rest
  if (ast.elements.length > 0 || rest === undefined || more.length > 0) return schemasWay(ast, direction)
  const item = wayOf(rest.type, direction)
  return (values) => {
    if (!Array.isArray(values)) return refused
    const made: unknown[] = []
    for (const value of values) {
      const one = item(value)
      if (one === refused) return refused
      made.push(one)
    }
    return made
  }
}

const record = (ast: SchemaAST.TypeLiteral, direction: Direction): Way => {
  const { propertySignatures, indexSignatures } = ast
  if (indexSignatures.length > 0 || propertySignatures.length === 0) return schemasWay(ast, direction)
  const fields = propertySignatures.map(({ name, type, isOptional }) => ({
    name,
    isOptional,
    way: wayOf(type, direction),
  }))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused
    const given = value as Readonly<Record<PropertyKey, unknown>> // an object
    const made: Record<PropertyKey, unknown> = {}
    for (const { name, isOptional, way } of fields) {
      // Schema takes what is missing for undefined, except where it is asked whether a value is one already.
      if ((isOptional || direction === 'check') && !Object.hasOwn(given, name)) {
        if (isOptional) continue
        return refused
      }
      const one = way(given[name])
      if (one === refused) return refused
      made[name] = one
    }
    return made
  }
}

/** The first member that takes it: those that a literal tells apart come first, as with Schema. */
const union = (ast: SchemaAST.Union, direction: Direction): Way => {
  const tagged = ast.types.filter((member) => literalsOf(member).length > 0)
  const isPlain = ast.types.every(({ _tag }) => plainMembers.has(_tag))
  if (!isPlain || new Set(tagged.map((member) => String(literalsOf(member)))).size > 1)
    return schemasWay(ast, direction)
  const others = ast.types.filter((member) => !tagged.includes(member))
  const ways = [...tagged, ...others].map((member) => wayOf(member, direction))
  return (value) => {
    for (const way of ways) {
      const made = way(value)
      if (made !== refused) return made
    }
    return refused
  }
}

const plainMembers: ReadonlySet<string> = new Set([
  'StringKeyword',
  'NumberKeyword',
  'BooleanKeyword',
  'UndefinedKeyword',
  'Literal',
  'Refinement',
  'TypeLiteral',
  'Union',
])

/** The names of the fields that have one value only. */
const literalsOf = (ast: SchemaAST.AST): readonly PropertyKey[] =>
  ast._tag === 'TypeLiteral'
    ? ast.propertySignatures.flatMap(({ name, type, isOptional }) =>
        type._tag === 'Literal' && !isOptional ? [name] : [],
      )
    : []

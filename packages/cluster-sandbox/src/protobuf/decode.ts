import { setOwn } from '../patch/mergePatch';
import { StatusError } from '../status';
import { JsonObject } from '../types';
import { Field, MESSAGES } from './messages';

const MAGIC = Buffer.from('k8s\0');
const MAX_DEPTH = 32;

/** One field on the wire. */
interface RawField {
  number: number;
  value: bigint | Buffer;
}

/**
 * Reads an object in the protobuf encoding of Kubernetes: a magic number, an envelope with kind and version, then
 * the object.
 *
 * @throws StatusError 400 if the body is malformed, 415 for an unknown kind or field
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw malformed('it does not begin with the magic number');
  }
  const envelope = readFields(body.subarray(MAGIC.length));
  const typeMeta = readFields(bufferOf(envelope, 1));
  const apiVersion = bufferOf(typeMeta, 1).toString();
  const kind = bufferOf(typeMeta, 2).toString();
  if (!MESSAGES.has(kind)) {
    throw unknown(`kind ${kind}`);
  }
  return { apiVersion, kind, ...decode(kind, bufferOf(envelope, 2), kind, 0) };
}

function decode(
  message: string,
  bytes: Buffer,
  path: string,
  depth: number,
): JsonObject {
  if (depth > MAX_DEPTH) {
    throw malformed('it is nested too deep');
  }
  const fields = MESSAGES.get(message)!;
  const result: JsonObject = {};
  for (const { number, value } of readFields(bytes)) {
    const field = fields.get(number);
    if (!field) {
      if (isZero(value)) {
        continue;
      }
      throw unknown(`field ${number} of ${path}`);
    }
    put(result, field, value, `${path}.${field.name}`, depth);
  }
  return result;
}

function put(
  result: JsonObject,
  field: Field,
  value: bigint | Buffer,
  path: string,
  depth: number,
): void {
  if (field.isMap) {
    const entry = readFields(mustBeBytes(value));
    result[field.name] ??= {};
    setOwn(
      result[field.name],
      bufferOf(entry, 1).toString(),
      read(field.type, bufferOf(entry, 2), path, depth),
    );
    return;
  }
  const content = read(field.type, value, path, depth);
  if (field.isInline) {
    Object.assign(result, content);
  } else if (field.isList) {
    (result[field.name] ??= []).push(content);
  } else if (field.isPointer || !isEmpty(content)) {
    result[field.name] = content;
  }
}

function read(
  type: string,
  value: bigint | Buffer,
  path: string,
  depth: number,
): unknown {
  switch (type) {
    case 'string':
      return mustBeBytes(value).toString('utf8');
    case 'bytes':
      return mustBeBytes(value).toString('base64');
    case 'int':
      return Number(BigInt.asIntN(64, mustBeNumber(value)));
    case 'bool':
      return mustBeNumber(value) !== 0n;
    case 'Quantity':
      return bufferOf(readFields(mustBeBytes(value)), 1).toString();
    case 'IntOrString': {
      const parts = readFields(mustBeBytes(value));
      return numberOf(parts, 1) === 1
        ? bufferOf(parts, 3).toString()
        : numberOf(parts, 2);
    }
    case 'Time':
    case 'MicroTime':
      return readTime(readFields(mustBeBytes(value)), type === 'MicroTime');
    default:
      return decode(type, mustBeBytes(value), path, depth + 1);
  }
}

function readTime(parts: RawField[], micro: boolean): string | undefined {
  const seconds = numberOf(parts, 1);
  if (parts.length === 0 || !Number.isFinite(seconds) || seconds <= 0) {
    return undefined;
  }
  const iso = new Date(seconds * 1000).toISOString();
  if (!micro) {
    return iso.replace(/\.\d{3}Z$/, 'Z');
  }
  const micros = Math.floor(numberOf(parts, 2) / 1000);
  return iso.replace(/\.\d{3}Z$/, `.${`${micros}`.padStart(6, '0')}Z`);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === false ||
    (typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === 0)
  );
}

function isZero(value: bigint | Buffer): boolean {
  return typeof value === 'bigint' ? value === 0n : value.length === 0;
}

/** Splits a message into its fields, in wire order. */
function readFields(bytes: Buffer): RawField[] {
  const fields: RawField[] = [];
  let offset = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (offset >= bytes.length) {
        throw malformed('it ends in the middle of a number');
      }
      const byte = bytes[offset];
      offset += 1;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return result;
      }
    }
    throw malformed('it has a number of more than ten bytes');
  };
  const take = (length: number): Buffer => {
    if (length > bytes.length - offset) {
      throw malformed('it ends in the middle of a field');
    }
    const part = bytes.subarray(offset, offset + length);
    offset += length;
    return part;
  };
  while (offset < bytes.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: take(8) });
        break;
      case 2:
        fields.push({ number, value: take(Number(varint())) });
        break;
      case 5:
        fields.push({ number, value: take(4) });
        break;
      default:
        throw malformed(`it has a field of wire type ${tag % 8}`);
    }
  }
  return fields;
}

function bufferOf(fields: RawField[], number: number): Buffer {
  const value = fields.find(field => field.number === number)?.value;
  return value instanceof Buffer ? value : Buffer.alloc(0);
}

function numberOf(fields: RawField[], number: number): number {
  const value = fields.find(field => field.number === number)?.value;
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
}

function mustBeBytes(value: bigint | Buffer): Buffer {
  if (typeof value === 'bigint') {
    throw malformed('it has a number where text or a message belongs');
  }
  return value;
}

function mustBeNumber(value: bigint | Buffer): bigint {
  if (typeof value !== 'bigint') {
    throw malformed('it has text or a message where a number belongs');
  }
  return value;
}

function malformed(why: string): StatusError {
  return new StatusError(
    400,
    'BadRequest',
    `the protobuf body cannot be read: ${why}`,
  );
}

function unknown(what: string): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the sandbox does not know ${what} in protobuf: send application/json`,
  );
}

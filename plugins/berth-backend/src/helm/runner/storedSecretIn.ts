import { isRecord } from '../../resources/values';
import { JsonRecord } from '../../resources/objects/json';

/** The beginning of a body in Kubernetes' own format. */
const PROTOBUF = Buffer.from('k8s\0', 'latin1');
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const MAX_VARINT_BYTES = 10;

/** The numbers of the fields in the definitions of Kubernetes. */
const RAW = 2;
const METADATA = 1;
const NAME = 1;
const DATA = 2;
const [KEY, VALUE] = [1, 2];

/**
 * Reads the name and the data of a Secret in the body of a request of helm, which writes Secrets in Kubernetes' own
 * format.
 *
 * @returns the Secret as JSON has it, with these fields only; undefined for a body that cannot be read
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
export function storedSecretIn(body: Buffer): JsonRecord | undefined {
  try {
    return body.subarray(0, PROTOBUF.length).equals(PROTOBUF)
      ? ofProtobuf(body.subarray(PROTOBUF.length))
      : ofJson(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

function ofJson(body: unknown): JsonRecord | undefined {
  return isRecord(body) ? body : undefined;
}

function ofProtobuf(envelope: Buffer): JsonRecord {
  const secret = fieldsOf(lastOf(fieldsOf(envelope), RAW));
  const metadata = fieldsOf(lastOf(secret, METADATA));
  const data = secret
    .filter(([number]) => number === DATA)
    .map(([, entry]) => fieldsOf(entry))
    .map(entry => [
      lastOf(entry, KEY).toString('utf8'),
      lastOf(entry, VALUE).toString('base64'),
    ]);
  return {
    metadata: { name: lastOf(metadata, NAME).toString('utf8') },
    data: Object.fromEntries(data),
  };
}

/** Of a field that is there several times, the last one counts. */
function lastOf(fields: [number, Buffer][], wanted: number): Buffer {
  const found = fields.filter(([number]) => number === wanted).at(-1);
  return found ? found[1] : Buffer.alloc(0);
}

/** Returns the fields of a message that hold bytes, with their numbers. */
function fieldsOf(message: Buffer): [number, Buffer][] {
  const fields: [number, Buffer][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte % 128) * 128 ** index;
      if (byte < 128) {
        return value;
      }
    }
    throw new RangeError('The number has no end');
  };
  const skip = (length: number) => {
    if (length > message.length - at) {
      throw new RangeError('The field is longer than the message');
    }
    at += length;
  };
  while (at < message.length) {
    const tag = varint();
    switch (tag % 8) {
      case VARINT:
        varint();
        break;
      case FIXED64:
        skip(8);
        break;
      case FIXED32:
        skip(4);
        break;
      case BYTES: {
        const length = varint();
        const start = at;
        skip(length);
        fields.push([Math.floor(tag / 8), message.subarray(start, at)]);
        break;
      }
      default:
        throw new RangeError('The field has an unknown type');
    }
  }
  return fields;
}

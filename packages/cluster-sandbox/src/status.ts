import { JsonObject } from './types';

/** The error of a field, in the words of Kubernetes' `metav1.StatusCause`. */
export interface Cause {
  reason: string;
  message: string;
  field: string;
}

/** An unsuccessful answer, as the `Status` object that Kubernetes clients understand. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: JsonObject | undefined;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: JsonObject,
  ) {
    super(message);
    this.name = 'StatusError';
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** The part of a resource's name for error messages. */
export interface ResourceName {
  group: string;
  plural: string;
}

export interface KindName {
  group: string;
  kind: string;
}

function qualified(resource: ResourceName): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function detailsOf(resource: ResourceName, name: string): JsonObject {
  return {
    ...(name && { name }),
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  };
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function notFound(resource: ResourceName, name: string): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualified(resource)} ${JSON.stringify(name)} not found`,
    detailsOf(resource, name),
  );
}

export function unknownPath(): StatusError {
  return new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

export function alreadyExists(
  resource: ResourceName,
  name: string,
): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualified(resource)} ${JSON.stringify(name)} already exists`,
    detailsOf(resource, name),
  );
}

export function conflict(
  resource: ResourceName,
  name: string,
  reason = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} ${JSON.stringify(
      name,
    )}: ${reason}`,
    detailsOf(resource, name),
  );
}

export function forbidden(
  resource: ResourceName,
  name: string,
  reason: string,
): StatusError {
  const subject = name
    ? `${qualified(resource)} ${JSON.stringify(name)}`
    : qualified(resource);
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: ${reason}`,
    detailsOf(resource, name),
  );
}

/** Returns a 422 that lists every invalid field. */
export function invalid(
  kind: KindName,
  name: string,
  causes: Cause[],
): StatusError {
  const texts = causes.map(cause => `${cause.field}: ${cause.message}`);
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const qualifiedKind = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new StatusError(
    422,
    'Invalid',
    `${qualifiedKind} ${JSON.stringify(name)} is invalid: ${text}`,
    {
      ...(name && { name }),
      ...(kind.group && { group: kind.group }),
      kind: kind.kind,
      causes,
    },
  );
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}

/** Returns the error for a patch type that the path does not accept. */
export function unsupportedPatchType(): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    '415: Unsupported Media Type',
    {},
  );
}

export function notAcceptable(): StatusError {
  return new StatusError(406, 'NotAcceptable', '406: Not Acceptable', {});
}

export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

/** The causes with the wording of Kubernetes' field errors. */
export const cause = {
  required(field: string, detail = ''): Cause {
    return {
      reason: 'FieldValueRequired',
      message: detail ? `Required value: ${detail}` : 'Required value',
      field,
    };
  },
  invalid(field: string, value: unknown, detail: string): Cause {
    return {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(value)}: ${detail}`,
      field,
    };
  },
  duplicate(field: string, value: unknown): Cause {
    return {
      reason: 'FieldValueDuplicate',
      message: `Duplicate value: ${JSON.stringify(value)}`,
      field,
    };
  },
  forbidden(field: string, detail: string): Cause {
    return {
      reason: 'FieldValueForbidden',
      message: `Forbidden: ${detail}`,
      field,
    };
  },
  notSupported(field: string, value: unknown, supported: string[]): Cause {
    return {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        value,
      )}: supported values: ${supported
        .map(entry => JSON.stringify(entry))
        .join(', ')}`,
      field,
    };
  },
};

import {
  helmOperationKindSchema,
  HelmOperationRequest,
  helmOperationRequestSchema,
  HelmRequest,
  helmRequestSchema,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import { parseBody } from '../../validation/parseBody';
import { isRecord } from '../../resources/values';

const kindSchema = z.strictObject({ kind: helmOperationKindSchema });

/** @throws InputError with all problems */
export function parsePreview(body: unknown): HelmRequest {
  return parseByKind(helmRequestSchema.options, body) as HelmRequest;
}

/** @throws InputError with all problems */
export function parseOperation(body: unknown): HelmOperationRequest {
  return parseByKind(
    helmOperationRequestSchema.options,
    body,
  ) as HelmOperationRequest;
}

/** The schema of one kind says more about a problem than that of all kinds. */
function parseByKind(
  options: readonly z.ZodObject<{ kind: z.ZodLiteral }, z.core.$strict>[],
  body: unknown,
): unknown {
  const { kind } = parseBody(
    kindSchema,
    isRecord(body) ? { kind: body.kind } : body,
  );
  const option = options.find(({ shape }) => shape.kind.value === kind)!;
  return parseBody(option, body);
}

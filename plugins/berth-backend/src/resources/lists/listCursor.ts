import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { atField } from '../../text/fieldProblems';

/** A namespace whose list continues. */
export interface NamespacePart {
  namespace: string;
  /** The last row that the person has. */
  after?: string;
  /** The continue token of the API server. */
  token?: string;
}

/** Where the list of a cluster continues. */
export type ListPosition =
  | { token: string }
  | {
      /** Namespaces of which the person has a part. */
      parts: NamespacePart[];
      /** The first namespace of which the person has nothing. */
      from?: string;
    };

/** What a cursor is bound to: with another value of any field, it is refused. */
export interface CursorBinding {
  /** Entity ref of the person. */
  userRef: string;
  /** The id of the cluster, which another cluster of the same name does not have. */
  clusterId: string;
  group: string;
  plural: string;
  labelSelector?: string;
  namespaces?: readonly string[];
}

/** A longer token is not one of an API server. */
export const MAX_TOKEN = 2_000;

const token = z.string().max(MAX_TOKEN);
const name = z.string().max(253);
const contentSchema = z.tuple([
  z.string(),
  z.string(),
  z.union([
    z.strictObject({ token }),
    z.strictObject({
      parts: z
        .array(
          z.strictObject({
            namespace: name,
            after: name.optional(),
            token: token.optional(),
          }),
        )
        .max(8),
      from: name.optional(),
    }),
  ]),
]);

/** Writes the place at which the list of a cluster continues. */
export function writeListCursor(
  cluster: string,
  binding: CursorBinding,
  position: ListPosition,
): string {
  const content = JSON.stringify([cluster, digestOf(binding), position]);
  return Buffer.from(content).toString('base64url');
}

/** A cursor whose binding is not checked yet. */
export interface ListCursor {
  /** The name of the cluster. */
  cluster: string;
  /** @throws InputError if the cursor is of another list */
  positionIn(binding: CursorBinding): ListPosition;
}

/** @throws InputError */
export function readListCursor(cursor: string): ListCursor {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw foreignListCursor(cursor);
  }
  const { data } = contentSchema.safeParse(content);
  if (!data) {
    throw foreignListCursor(cursor);
  }
  const [cluster, digest, position] = data;
  return {
    cluster,
    positionIn(binding) {
      if (digest !== digestOf(binding)) {
        throw foreignListCursor(cursor);
      }
      return position;
    },
  };
}

export function foreignListCursor(cursor: string): InputError {
  return atField(
    new InputError(
      `cursor ${quoteUntrusted(
        cursor,
      )} must be the "more" of a list of the same kind, cluster and selector; leave it out to start again`,
    ),
    'cursor',
  );
}

function digestOf(binding: CursorBinding): string {
  const { userRef, clusterId, group, plural } = binding;
  const { labelSelector = '', namespaces } = binding;
  return createHash('sha256')
    .update(
      JSON.stringify([
        userRef,
        clusterId,
        group,
        plural,
        labelSelector,
        namespaces && [...namespaces].sort(),
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}

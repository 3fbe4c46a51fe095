import { InputError } from '@backstage/errors';
import {
  createClusterRequestSchema,
  FieldProblem,
  updateClusterRequestSchema,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import {
  ClusterChange,
  ClusterRecord,
  ClusterSettings,
} from '../../model/clusters';
import { fieldProblemsOf, problemsError } from '../../text/fieldProblems';
import { clusterFields, ClusterRules } from './clusterFields';
import { parseBody } from '../../validation/parseBody';

/** Settings with the credential for the connection strategy. */
export interface ParsedCluster {
  settings: ClusterSettings;
  credential?: Record<string, string>;
}

/** A change of settings with the credential for the connection strategy. */
export interface ParsedChange {
  change: ClusterChange;
  credential?: Record<string, string>;
}

/** The body of `POST /clusters` without a kubeconfig. */
export function createClusterSchema(rules: ClusterRules) {
  const fields = clusterFields(rules);
  const { usernamePrefix, groupsPrefix } = createClusterRequestSchema.shape;
  return createClusterRequestSchema.extend({
    ...fields,
    connection: fields.connection.default('oidc'),
    credential: fields.credential.optional(),
    kubectlVia: fields.kubectlVia.default('direct'),
    usernamePrefix: usernamePrefix.default(''),
    groupsPrefix: groupsPrefix.default(''),
  });
}

/** Converts a valid body to a cluster. */
export function toParsedCluster({
  caData,
  credential,
  ...settings
}: z.output<ReturnType<typeof createClusterSchema>>): ParsedCluster {
  return {
    settings: { ...settings, caPem: caData },
    ...(credential && { credential }),
  };
}

/**
 * Reads the body of `PATCH /clusters/{name}`. An empty value removes a setting.
 *
 * @param cluster - the cluster before the change
 * @throws InputError with all problems at once
 */
export function parseUpdateCluster(
  body: unknown,
  rules: ClusterRules,
  cluster: Pick<ClusterRecord, 'connection'>,
): ParsedChange {
  const fields = clusterFields(rules);
  const schema = updateClusterRequestSchema.extend({
    apiServer: fields.apiServer.optional(),
    caData: fields.caData.optional(),
    connection: fields.connection.optional(),
    credential: fields.credential.optional(),
    kubectlVia: fields.kubectlVia.optional(),
  });

  const { caData, credential, ...settings } = parseBody(schema, body);
  const connection = settings.connection ?? cluster.connection;
  if (credential || connection !== cluster.connection) {
    const problems = credentialProblems(rules, connection, credential);
    if (problems.length > 0) {
      throw problemsError(problems);
    }
  }
  return {
    change: { ...settings, ...(caData !== undefined && { caPem: caData }) },
    ...(credential && { credential }),
  };
}

/** Returns the problems that the connection strategy finds in a credential. */
export function credentialProblems(
  { strategies }: ClusterRules,
  connection: string,
  credential: Record<string, string> | undefined,
): FieldProblem[] {
  try {
    strategies.get(connection).validate(credential);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
    const problems = fieldProblemsOf(error);
    return problems.length > 0
      ? problems
      : [{ path: ['credential'], message: error.message }];
  }
}

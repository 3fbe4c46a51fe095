import { InputError } from '@backstage/errors';
import {
  cleanClusterName,
  ClusterPreview,
  FieldProblem,
  readKubeconfigToken,
} from '@berth/plugin-berth-common';
import { ClusterRules } from './clusterFields';
import {
  createClusterSchema,
  credentialProblems,
  ParsedCluster,
  toParsedCluster,
} from './clusterRequests';
import { SelectedKubeconfig, selectKubeconfig } from './kubeconfig';
import { fieldProblemsOf, problemsError } from '../../text/fieldProblems';
import { checkBody } from '../../validation/parseBody';

/** The result of reading a body of `POST /clusters`: always a preview, and a cluster if the body is valid. */
export interface CheckedRegistration {
  preview: ClusterPreview;
  cluster?: ParsedCluster;
}

interface Source {
  /** Without `kubeconfig` and `context`; their values are in the other fields. */
  body: unknown;
  taken?: SelectedKubeconfig;
  problem?: FieldProblem;
}

/**
 * Reads the body of `POST /clusters`.
 *
 * @throws InputError with all problems at once
 */
export function parseRegistration(
  body: unknown,
  rules: ClusterRules,
): ParsedCluster {
  const { cluster, preview } = checkRegistration(body, rules);
  if (!cluster) {
    throw problemsError(preview.problems);
  }
  return cluster;
}

/** Like `parseRegistration`, but returns the problems as data. */
export function checkRegistration(
  body: unknown,
  rules: ClusterRules,
): CheckedRegistration {
  const source = readSource(body);
  const schema = createClusterSchema(rules);
  const checked = checkBody(schema, source.body);
  const problems = [
    ...(source.problem ? [source.problem] : []),
    ...('problems' in checked
      ? // A problem of the kubeconfig also covers the fields that it should fill in.
        checked.problems.filter(({ path }) => !source.problem || !isTaken(path))
      : credentialProblems(
          rules,
          checked.data.connection,
          toParsedCluster(checked.data).credential,
        )),
  ];
  const typed = asRecord(source.body);
  const { data: apiServer } = schema.shape.apiServer.safeParse(typed.apiServer);
  const { data: caPem } = schema.shape.caData.safeParse(typed.caData);
  return {
    preview: {
      name: typeof typed.name === 'string' ? cleanClusterName(typed.name) : '',
      ...(apiServer !== undefined && { apiServer }),
      ...(caPem !== undefined && {
        caData: Buffer.from(caPem).toString('base64'),
      }),
      connection:
        typeof typed.connection === 'string' ? typed.connection : 'oidc',
      ...(source.taken && { kubeconfig: source.taken.content }),
      problems,
    },
    ...(problems.length === 0 &&
      'data' in checked && { cluster: toParsedCluster(checked.data) }),
  };
}

/** Fills in the fields that a kubeconfig contains. */
function readSource(body: unknown): Source {
  const { kubeconfig, context, ...typed } = asRecord(body);
  if (kubeconfig === undefined) {
    return { body };
  }
  const problem = (field: string, message: string): Source => ({
    body: typed,
    problem: { path: [field], message },
  });
  if (typeof kubeconfig !== 'string') {
    return problem('kubeconfig', 'kubeconfig must be of type string');
  }
  if (context !== undefined && typeof context !== 'string') {
    return problem('context', 'context must be of type string');
  }
  const twice = ['apiServer', 'caData'].find(field => field in typed);
  if (twice) {
    return problem(
      twice,
      `${twice} is given together with a kubeconfig, which has it too: leave one of them out`,
    );
  }
  try {
    const taken = selectKubeconfig(kubeconfig, context);
    const { name, apiServer, caData } = taken.chosen.cluster;
    return {
      taken,
      body: {
        name,
        ...typed,
        apiServer,
        caData,
        ...bootstrapToken(typed, kubeconfig, taken.chosen.name),
      },
    };
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
    return { body: typed, problem: fieldProblemsOf(error)[0] };
  }
}

/** Returns the only credential that Berth takes from a kubeconfig, and only if the admin chose to store one. */
function bootstrapToken(
  { connection, credential }: Record<string, unknown>,
  kubeconfig: string,
  context: string,
): { credential?: { token: string } } {
  if (connection !== 'serviceAccount' || credential !== undefined) {
    return {};
  }
  const token = readKubeconfigToken(kubeconfig, context);
  return token === undefined ? {} : { credential: { token } };
}

function isTaken([field]: FieldProblem['path']): boolean {
  return ['name', 'apiServer', 'caData'].some(taken => taken === field);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : {};
}

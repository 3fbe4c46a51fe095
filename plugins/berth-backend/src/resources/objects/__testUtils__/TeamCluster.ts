import { setTimeout as delay } from 'node:timers/promises';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  PersonClient,
} from '../../../kube';
import {
  AuditedEvent,
  ResourcesUnderTest,
} from '../../__testUtils__/ResourcesUnderTest';

/** An API server with an admin. */
export interface AdministeredCluster {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

export const TEAM = 'team-a';

/** Each writes, reads or does neither. */
const ROLES = { editor: 'edit', viewer: 'view', stranger: undefined };

export interface Answer {
  status: number;
  body: any;
  text: string;
}

/**
 * The routes before one cluster, on which `editor`, `viewer` and `stranger` have service accounts, and `admin` may do
 * everything. It remembers all answers but those of `reveal`.
 */
export class TeamCluster {
  readonly admin: PersonClient;
  readonly answers: string[] = [];
  readonly #clients: DefaultKubeClientFactory;
  readonly #portal: ResourcesUnderTest;

  static async start(cluster: AdministeredCluster): Promise<TeamCluster> {
    const clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'setting',
    });
    const admin = clients.forPerson(cluster, cluster.adminToken);
    await create(admin, '/api/v1/namespaces', {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: { name: TEAM },
    });
    const people: Record<string, { token: string; namespaces: string[] }> = {
      admin: { token: cluster.adminToken, namespaces: [TEAM] },
    };
    for (const [name, role] of Object.entries(ROLES)) {
      people[name] = {
        token: await addPerson(admin, name, role),
        namespaces: [TEAM],
      };
    }
    const { apiServer, caPem } = cluster;
    const version: any = await admin.request({
      method: 'GET',
      path: '/version',
    });
    const portal = await ResourcesUnderTest.start({
      prod: { apiServer, caPem, people, version: version.gitVersion },
    });
    const team = new TeamCluster(clients, admin, portal);
    await until(async () => {
      const { status } = await team.get('core/configmaps/unknown', 'viewer');
      return status === 404;
    });
    return team;
  }

  private constructor(
    clients: DefaultKubeClientFactory,
    admin: PersonClient,
    portal: ResourcesUnderTest,
  ) {
    this.#clients = clients;
    this.admin = admin;
    this.#portal = portal;
  }

  get events(): AuditedEvent[] {
    return this.#portal.events;
  }

  /** Resources that the configuration takes away. */
  get deny(): string[] {
    return this.#portal.deny;
  }

  get logged(): string[] {
    return this.#portal.logged;
  }

  /** Reads an object, or a list about it, such as `core/secrets/s` or `apps/deployments/web/events`. */
  get(path: string, person = 'editor', accept?: string): Promise<Answer> {
    return this.#send(path, person, {
      ...(accept !== undefined && { headers: { accept } }),
    });
  }

  act(path: string, body: object, person = 'editor'): Promise<Answer> {
    return this.#send(`${path}/actions`, person, json('POST', body));
  }

  reveal(path: string, keys: string[], person = 'editor'): Promise<Answer> {
    return this.#send(`${path}/reveal`, person, json('POST', { keys }));
  }

  edit(path: string, body: object, person = 'editor'): Promise<Answer> {
    return this.#send(path, person, json('PATCH', body));
  }

  delete(
    path: string,
    query: Record<string, string>,
    person = 'editor',
  ): Promise<Answer> {
    return this.#send(path, person, { method: 'DELETE' }, query);
  }

  async apply(body: object, person = 'editor'): Promise<Answer> {
    return this.fetch(
      '/clusters/prod/apply',
      person,
      json('POST', { namespace: TEAM, ...body }),
    );
  }

  /** Reads an object as the cluster has it. */
  live(path: string): Promise<any> {
    return this.admin.request({ method: 'GET', path });
  }

  async stop(): Promise<void> {
    await this.#portal.stop();
    await this.#clients.close();
  }

  /** Calls a route, and remembers the answer. */
  async fetch(
    path: string,
    person = 'editor',
    init: RequestInit = {},
  ): Promise<Answer> {
    const answer = await this.#portal.fetch(path, person, init);
    const text = await answer.text();
    if (!path.includes('/reveal')) {
      this.answers.push(text);
    }
    const type = answer.headers.get('content-type') ?? '';
    const isJson = type.startsWith('application/json');
    return {
      status: answer.status,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  #send(
    path: string,
    person: string,
    init: RequestInit,
    query: Record<string, string> = {},
  ): Promise<Answer> {
    const search = new URLSearchParams({
      ...(!path.startsWith('core/nodes/') && { namespace: TEAM }),
      ...query,
    });
    return this.fetch(`/clusters/prod/objects/${path}?${search}`, person, init);
  }
}

/** Waits until something holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await delay(50);
  }
}

function json(method: string, body: object): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

export function create(
  client: PersonClient,
  path: string,
  content: object,
): Promise<any> {
  return client.request({
    method: 'POST',
    path,
    body: { contentType: 'application/json', content },
  });
}

export async function addPerson(
  admin: PersonClient,
  name: string,
  role: string | undefined,
): Promise<string> {
  const accounts = `/api/v1/namespaces/${TEAM}/serviceaccounts`;
  await create(admin, accounts, {
    kind: 'ServiceAccount',
    apiVersion: 'v1',
    metadata: { name },
  });
  if (role !== undefined) {
    await create(
      admin,
      `/apis/rbac.authorization.k8s.io/v1/namespaces/${TEAM}/rolebindings`,
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: role,
        },
        subjects: [{ kind: 'ServiceAccount', name, namespace: TEAM }],
      },
    );
  }
  const { status } = await create(admin, `${accounts}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences: [] },
  });
  return status.token;
}

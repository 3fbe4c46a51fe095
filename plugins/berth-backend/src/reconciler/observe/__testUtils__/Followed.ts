/* eslint-disable jest/no-standalone-expect -- for tests, which call it inside of theirs */
import { mockServices } from '@backstage/backend-test-utils';
import { ulid } from 'ulid';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  KubeObject,
  KubeTarget,
  NAMESPACES,
  NETWORK_POLICIES,
  ROLE_BINDINGS,
} from '../../../kube';
import { readClusterUid } from '../../../identity/readClusterUid';
import { ClusterRecord } from '../../../model/clusters';
import { ClusterWorker } from '../../ClusterWorker';
import { desired, ownLabels } from '../../desired';
import {
  networkPolicy,
  NetworkPolicyObject,
} from '../../profiles/networkPolicy';
import { NetworkPolicySpec, Profile } from '../../profiles/types';
import { ClusterSession } from '../../ClusterSession';
import { NamespaceObject, RoleBindingObject } from '../../types';
import { countWrites } from '../../__testUtils__/countWrites';
import {
  CLUSTER,
  FakeInventory,
  FakeShares,
  fakeLease,
  NO_TENANTS,
  testReconciler,
} from '../../__testUtils__/fakes';
import { ReflectingObserver } from '../ReflectingObserver';

const TEN_HOURS = 10 * 60 * 60_000;
const DEADLINE_MS = 45_000;

/** A cluster that is reconciled when it changes, and otherwise only every ten hours. */
export class Followed {
  readonly id = ulid();
  readonly shares = new FakeShares(this.id);
  readonly inventory = new FakeInventory();
  readonly logger = mockServices.logger.mock();
  readonly observer: ReflectingObserver;
  readonly worker: ClusterWorker;
  readonly writes: string[];
  passes = 0;
  readonly #clients: DefaultKubeClientFactory;
  readonly #shared = new Set<string>();
  #count = 0;
  readonly #admin: KubeClient;
  readonly #record: ClusterRecord;

  /**
   * @param target - the address at which Berth reaches the cluster
   * @param direct - the address of the cluster without a proxy
   */
  constructor(
    target: KubeTarget,
    direct: KubeTarget & { adminToken: string },
    options: { getToken?: () => Promise<string>; profile?: Profile } = {},
  ) {
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
      limits: {
        watchTimeout: 6_000,
        requestTimeout: 4_000,
        suspendTime: 1_000,
      },
    });
    const getToken = options.getToken ?? (async () => direct.adminToken);
    this.#admin = this.#clients.create(direct, async () => direct.adminToken);
    const { client, writes } = countWrites(
      this.#clients.create(target, getToken),
    );
    this.writes = writes;
    this.observer = new ReflectingObserver({
      wake: () => this.worker.wake(),
      status: {
        record: async () => {},
        namespaceGone: async () => {},
        namespacesOf: async () => [],
      },
      onRolesChanged: () => {},
      logger: this.logger,
    });
    const reconciler = testReconciler({
      shares: this.shares,
      inventory: this.inventory,
      client,
      observer: this.observer,
      logger: this.logger,
      tenants: {
        read: async () => ({
          ...NO_TENANTS,
          profiles: { group: options.profile },
        }),
      },
    });
    this.#record = {
      ...CLUSTER,
      id: this.id,
      apiServer: target.apiServer,
      caPem: target.caPem,
    };
    const session = new ClusterSession(fakeLease(this.id));
    this.worker = new ClusterWorker({
      resyncMs: TEN_HOURS,
      pass: () => {
        this.passes++;
        return reconciler.reconcile(
          this.#record,
          session,
          new AbortController().signal,
        );
      },
      revoke: async () => {},
    });
  }

  /** Shares the cluster with one more group with a unique name. */
  async share(): Promise<string> {
    const name = `t${this.#count++}-${this.id.slice(-12).toLowerCase()}`;
    this.#shared.add(name);
    await this.#setShares();
    await this.repaired(name);
    return name;
  }

  async unshare(name: string): Promise<void> {
    this.#shared.delete(name);
    await this.#setShares();
  }

  /** Records the current identity of the cluster, as when an admin confirms it. */
  async pin(): Promise<void> {
    this.#record.kubeSystemUid = await readClusterUid(this.#admin);
    this.worker.changed();
  }

  binding(name: string) {
    return this.#admin.get<RoleBindingObject>(ROLE_BINDINGS, keyOf(name));
  }

  namespace(name: string) {
    return this.#admin.get<NamespaceObject>(NAMESPACES, { name });
  }

  /** Changes a binding as another person, by `apply`: fields that are left out are removed. */
  async applyBinding(name: string, change: Partial<RoleBindingObject>) {
    await this.#admin.apply(ROLE_BINDINGS, {
      ...this.#wanted(name).binding,
      ...change,
    });
  }

  /** Returns the field managers of the binding, as the API server recorded them. */
  async managersOf(name: string): Promise<string[]> {
    const found = (await this.binding(name)) as KubeObject & {
      metadata: { managedFields?: { manager: string }[] };
    };
    return found.metadata.managedFields?.map(({ manager }) => manager) ?? [];
  }

  async applyNamespace(name: string, change: Partial<NamespaceObject>) {
    await this.#admin.apply(NAMESPACES, {
      ...this.#wanted(name).namespace,
      ...change,
    });
  }

  policy(namespace: string, name: string) {
    return this.#admin.get<NetworkPolicyObject>(NETWORK_POLICIES, {
      namespace,
      name,
    });
  }

  async applyPolicy(namespace: string, name: string, spec: NetworkPolicySpec) {
    await this.#admin.apply(
      NETWORK_POLICIES,
      networkPolicy({ name, spec }, namespace, ownLabels(this.id)),
    );
  }

  async removePolicy(namespace: string, name: string) {
    const { uid = '' } = (await this.policy(namespace, name))?.metadata ?? {};
    await this.#admin.delete(NETWORK_POLICIES, { namespace, name }, { uid });
  }

  async removeBinding(name: string) {
    const { uid = '' } = (await this.binding(name))?.metadata ?? {};
    await this.#admin.delete(ROLE_BINDINGS, keyOf(name), { uid });
  }

  /** @returns the milliseconds until a share matched completely */
  async repaired(name: string): Promise<number> {
    const started = performance.now();
    await eventually(async () => {
      const { binding, namespace } = this.#wanted(name);
      expect(await this.namespace(name)).toMatchObject({
        metadata: namespace.metadata,
      });
      expect(await this.binding(name)).toMatchObject(binding);
      expect(await this.shares.state(groupOf(name))).toBe('Ready');
    });
    return performance.now() - started;
  }

  /** Waits until nothing happened for two seconds, and returns the writes. */
  async rest(): Promise<string[]> {
    await this.#quiet(2_000);
    return this.writes.splice(0);
  }

  /** Waits until work under way has ended, before a test begins to count. */
  async settle(): Promise<void> {
    await this.#quiet(700);
    this.writes.splice(0);
  }

  async stop() {
    await this.worker.stop();
    await this.observer.stop();
    await this.#clients.close();
  }

  /** Waits until there was neither a pass nor a write for some time. */
  async #quiet(milliseconds: number): Promise<void> {
    const now = () => [this.passes, this.writes.length].join();
    let before = now();
    let since = performance.now();
    while (performance.now() - since < milliseconds) {
      await new Promise(resolve => {
        setTimeout(resolve, 25);
      });
      if (now() !== before) {
        before = now();
        since = performance.now();
      }
    }
  }

  async #setShares() {
    await this.shares.replace(this.id, [...this.#shared].map(groupOf));
    this.worker.changed();
  }

  #wanted(name: string) {
    const [wanted] = desired(
      { id: this.id, usernamePrefix: '', groupsPrefix: '' },
      [{ group: groupOf(name), kubernetesName: name, namespace: name }],
    );
    const [binding] = wanted.objects as RoleBindingObject[];
    return { namespace: wanted.namespace, binding };
  }
}

/** Repeats until it does not throw, and throws the last error after the deadline. */
export async function eventually(
  assertion: () => Promise<void>,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
    }
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
}

function keyOf(name: string) {
  return { namespace: name, name: `berth:admin:${name}` };
}

function groupOf(name: string) {
  return `group:default/${name}`;
}

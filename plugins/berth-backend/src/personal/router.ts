import { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  berthNamespaceCreatePermission,
  berthNamespaceUpdatePermission,
  berthRequestCreatePermission,
  createPersonalNamespaceRequestSchema,
  PersonalNamespace,
  transferNamespaceRequestSchema,
} from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { writeNamespace } from '../access/auditedWrites';
import { Caller } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { NamespaceAccess, VisibleNamespace } from '../access/NamespaceAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { withoutAudit } from '../access/readsEverything';
import { audited } from '../audit/audited';
import { findCatalogGroups } from '../catalog/catalogGroups';
import { ClusterChanges } from '../model/clusters';
import { PersonResolver } from '../model/people';
import { PersonalRole, Tenancy } from '../model/tenancy';
import { presentNamespace } from '../tenancy/presentNamespace';
import { atField } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody } from '../validation/parseBody';
import { parseStrictRef } from '../validation/strictEntityRef';
import { grantsForOwner } from './grantsForOwner';
import { PersonalNamespaces } from './PersonalNamespaces';

export interface PersonalRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  authorizer: Authorizer;
  catalog: CatalogService;
  changes: ClusterChanges;
  namespaceAccess: NamespaceAccess;
  people: PersonResolver;
  personalNamespaces: PersonalNamespaces;
  tenancy: Tenancy;
}

/** `/personal-namespaces`, `/clusters/{name}/personal-namespace` and `/clusters/{cluster}/namespaces/{namespace}/transfer`. */
export function createPersonalRouter(options: PersonalRouterOptions): Router {
  const { access, personalNamespaces } = options;
  const router = PromiseRouter();

  router.get('/personal-namespaces', async (request, response) => {
    const caller = withoutAudit(await access.caller(request));
    const visible = await access.list(caller);
    const states = await Promise.all(
      visible.map(async one => {
        const found = await personalNamespaces.stateOf(caller.person, one);
        const { name, title } = one.cluster;
        const cluster = { name, ...(title !== undefined && { title }) };
        return found && presentState(cluster, found);
      }),
    );
    const items = states.filter(state => state !== undefined);
    response.json({ items, totalItems: items.length });
  });

  router.post(
    '/clusters/:name/personal-namespace',
    async (request, response) => {
      const { created, namespace } = await make(request, options);
      response.status(created ? 201 : 200).json(presentNamespace(namespace));
    },
  );

  router.post(
    '/clusters/:cluster/namespaces/:namespace/transfer',
    async (request, response) => {
      response.json(presentNamespace(await transfer(request, options)));
    },
  );

  return router;
}

function presentState(
  cluster: PersonalNamespace['cluster'],
  found: NonNullable<Awaited<ReturnType<PersonalNamespaces['stateOf']>>>,
): PersonalNamespace {
  return {
    cluster,
    ...found,
    ...(found.state === 'present' && { namespace: found.name }),
  };
}

async function make(
  request: Request,
  options: PersonalRouterOptions,
): Promise<{ created: boolean; namespace: VisibleNamespace }> {
  const { access, auditor, authorizer, namespaceAccess, people } = options;
  const { name: clusterName } = request.params;
  return audited(
    auditor,
    {
      eventId: 'personal-namespace-create',
      severityLevel: 'medium',
      request,
      meta: { cluster: clusterName },
    },
    async () => {
      const caller = withoutAudit(await access.caller(request));
      const visible = await access.get(caller, clusterName);
      const spec = parseBody(
        createPersonalNamespaceRequestSchema,
        request.body ?? {},
      );
      const user =
        spec.user === undefined
          ? caller.person.userRef
          : userRefFrom(spec.user, 'user');
      const isOwn = user === caller.person.userRef && spec.name === undefined;
      if (isOwn) {
        await authorizer.require(
          caller.credentials,
          berthRequestCreatePermission,
        );
      } else {
        await access.administer(
          caller,
          clusterName,
          berthNamespaceCreatePermission,
        );
      }
      const person =
        user === caller.person.userRef
          ? caller.person
          : await named(people.resolve(caller.credentials, user), 'user', user);
      const { name, created } = await options.personalNamespaces.make(
        person,
        visible,
        {
          given: spec.name,
          by: caller.person.userRef,
          ...(spec.user !== undefined && { field: 'user' }),
        },
      );
      return {
        result: {
          created,
          namespace: await namespaceAccess.get(caller, clusterName, name),
        },
        meta: {
          clusterId: visible.cluster.id,
          namespace: name,
          owner: user,
          created,
        },
      };
    },
  );
}

async function transfer(
  request: Request,
  options: PersonalRouterOptions,
): Promise<VisibleNamespace> {
  const { access, auditor, changes, namespaceAccess, tenancy } = options;
  const { personalNamespaces } = options;
  const { cluster: clusterName, namespace: name } = request.params;
  return writeNamespace(
    { access, auditor, namespaceAccess },
    {
      request,
      eventId: 'namespace-transfer',
      severityLevel: 'high',
      permission: berthNamespaceUpdatePermission,
      cluster: clusterName,
      namespace: name,
    },
    async visible => {
      const { caller, cluster } = visible;
      const { owner } = parseBody(transferNamespaceRequestSchema, request.body);
      const key = { clusterId: cluster.id, name };
      const target = await newOwner(owner, visible, caller, options);
      const newRef =
        'group' in target ? normalizeGroupRef(target.group.ref) : target.user;
      await personalNamespaces.assertMayOwn(visible, newRef);
      const { before, after } = await tenancy.transaction(async inside => {
        await inside.grants.lock(key);
        const former = await inside.personal.get(key);
        const done = await inside.personal.transfer(
          key,
          'group' in target ? newRef : target,
        );
        if ('group' in target && former) {
          const held = await inside.grants.list(key);
          await inside.grants.replace(
            key,
            grantsForOwner(held, target.group, former.role),
            caller.person.userRef,
          );
        }
        return done;
      });
      changes.changed(cluster.id);
      return {
        result: await namespaceAccess.get(caller, clusterName, name),
        meta: { from: before.owner ?? null, to: after.owner ?? null },
      };
    },
  );
}

/** Finds the new owner in the catalog. */
async function newOwner(
  owner: string,
  visible: VisibleNamespace,
  { credentials }: Caller,
  { catalog, people, personalNamespaces }: PersonalRouterOptions,
): Promise<
  | { group: { ref: string; uid?: string } }
  | { user: string; userUid: string; role: PersonalRole }
> {
  if (parseStrictRef(owner)?.kind.toLowerCase() === 'group') {
    const groupRef = normalizeGroupRef(owner);
    const [group] = await named(
      findCatalogGroups(catalog, [groupRef], credentials),
      'owner',
      groupRef,
      'it is not a Group that you can see in the catalog. Correct the spelling',
    );
    return { group };
  }
  const user = userRefFrom(owner, 'owner');
  const person = await named(people.resolve(credentials, user), 'owner', user);
  const { rule, userUid } = personalNamespaces.entitle(
    person,
    visible,
    'owner',
  );
  return { user: person.userRef, userUid, role: rule.role };
}

/** Adds the field to an error about the entity that it names. A failure of the catalog is no error about the field. */
async function named<T>(
  found: Promise<T>,
  field: string,
  ref: string,
  reason?: string,
): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (
      isError(error) &&
      ['InputError', 'NotAllowedError'].includes(error.name)
    ) {
      throw atField(
        new InputError(
          `${field} "${ref}" is refused: ${reason ?? error.message}`,
        ),
        field,
      );
    }
    throw error;
  }
}

function userRefFrom(typed: string, field: string): string {
  const ref = parseStrictRef(typed, 'user');
  if (ref?.kind.toLowerCase() !== 'user') {
    throw atField(
      new InputError(
        `${field} ${quoteUntrusted(
          typed,
        )} is not a user's entity ref: write user:<namespace>/<name>`,
      ),
      field,
    );
  }
  return stringifyEntityRef(ref);
}

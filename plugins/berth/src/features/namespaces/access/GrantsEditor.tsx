import { Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  GrantList as SeenGrants,
  GrantRequest,
  ManagedNamespace,
  NamespaceAddress,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import { berthApiRef } from '../../../api';
import { Loaded, useNotify, useText } from '../../../kit';
import { EditorFooter, useEditForm } from '../../../kit/form';
import { assertTag } from '../../../kit/format';
import { useNow } from '../../../kit/hooks';
import { usePolled } from '../../../kit/query';
import { GrantConflictAlert } from './GrantConflictAlert';
import { GrantEffects } from './GrantEffects';
import { GrantList, GrantNote } from './GrantList';
import { GrantRows } from './GrantRows';
import {
  changesBetween,
  hasPastEnd,
  mergeGrants,
  grantRequests,
  grantsSchema,
} from './grantChanges';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;
const TICK = 10_000;

const SCHEMA = z.object({ grants: grantsSchema });

interface EditorProps {
  address: NamespaceAddress;
  /** The person of a personal namespace, whose role is not edited here. */
  personal?: ManagedNamespace['personal'];
  /** Entity refs of the groups that the cluster is shared with; undefined while unknown. */
  sharedWith?: string[];
  onSaved: () => Promise<void>;
}

/** Edits the access to a namespace, and shows the effects before saving. */
export function GrantsEditor(props: EditorProps) {
  const { cluster, namespace } = props.address;
  const t = useText();
  const api = useApi(berthApiRef);
  const load = () => api.getGrants({ cluster, namespace });
  const polled = usePolled({
    key: ['grants', cluster, namespace],
    load,
    every: intervalFor,
  });
  return (
    <Loaded
      polled={polled}
      title={t('grants.failed')}
      render={seen => (
        <Editor
          {...props}
          key={`${cluster}/${namespace}`}
          seen={seen}
          load={load}
          refresh={polled.refresh}
        />
      )}
    />
  );
}

function Editor(
  props: EditorProps & {
    seen: SeenGrants;
    load: () => Promise<SeenGrants>;
    refresh: () => Promise<void>;
  },
) {
  const { address, personal, sharedWith, onSaved, seen, load, refresh } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const now = useNow(TICK);
  const form = useEditForm({
    seen,
    schema: SCHEMA,
    valuesOf: ({ items }: SeenGrants) => ({ grants: grantRequests(items) }),
    isSame: (one, other) =>
      changesBetween(one.grants, other.grants).length === 0,
    merge: (before, mine, theirs) => ({
      grants: mergeGrants(before.grants, mine.grants, theirs.grants).merged,
    }),
    mergesAtOnce: true,
    load,
    save: (values, { etag }) => {
      assertTag(etag);
      return api.setGrants(address, values, { etag });
    },
  });
  const { base, conflict, isChanged } = form;
  const { grants } = form.values;
  const changes = changesBetween(grantRequests(base.items), grants);
  const fixed = base.items.filter(({ source }) => source === 'share');
  const hasFixed = fixed.length > 0 || personal !== undefined;

  const save = async () => {
    if (await form.save()) {
      notify({ message: t('grants.saved', { namespace: address.namespace }) });
      await Promise.all([refresh(), onSaved()]);
    }
  };

  return (
    <Flex direction="column" gap="4">
      {conflict && (
        <GrantConflictAlert
          before={grantRequests(conflict.before.items)}
          mine={conflict.mine.grants}
          theirs={grantRequests(conflict.theirs.items)}
        />
      )}
      {hasFixed && <GrantList grants={fixed} personal={personal} />}
      <GrantRows
        grants={grants}
        onChange={changed => form.change({ grants: changed })}
        isOnlyAccess={!hasFixed}
        alsoTaken={fixed.map(({ group }) => group)}
        noteOf={noteOf}
      />
      <GrantEffects
        changes={changes}
        cluster={address.cluster}
        sharedWith={sharedWith}
      />
      <EditorFooter
        form={form}
        failed={t('grants.failed')}
        save={t('grants.save')}
        disabledReason={disabledReason()}
        discard={t('grants.discard')}
        onSave={save}
      />
    </Flex>
  );

  function noteOf({ group }: GrantRequest) {
    const grant = base.items.find(
      item => item.group === group && item.source === 'grant',
    );
    return (
      grant && (
        <GrantNote
          grant={grant}
          isChanged={changes.some(change => change.group === group)}
        />
      )
    );
  }

  function disabledReason(): string | undefined {
    if (!isChanged) {
      return t('grants.unchanged');
    }
    return grants.some(grant => hasPastEnd(grant, now))
      ? t('grants.invalid')
      : undefined;
  }
}

function intervalFor(list?: SeenGrants): number {
  return list?.items.some(({ state }) => state === 'Pending')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}

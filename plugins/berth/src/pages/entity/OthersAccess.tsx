import { useState } from 'react';
import { Button, Link, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { AccessExplanation, RoleAssignment } from '@berth/plugin-berth-common';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiShipLine,
} from '@remixicon/react';
import { berthApiRef } from '../../api';
import { groupName } from '../../kit/format';
import { usePolled } from '../../kit/query';
import { namespaceRouteRef } from '../../routes';
import { Section } from '../../kit/Section';
import { Loaded, Moment, Notice, ToneText, useText } from '../../kit';
import { Explanation } from '../../kit/explain/Explanation';
import styles from './EntityPages.module.css';

/** The most clusters to explain at once: each explanation asks a cluster, so many would be slow. */
const MOST = 20;

/** Shows platform admins and auditors the access of another person on each cluster, and why. */
export function OthersAccess({ user }: { user: string }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['reach', user],
    load: async () => {
      const { items, totalItems } = await api.listClusters();
      const explanations = await Promise.all(
        items
          .slice(0, MOST)
          .map(({ name }) => api.explainAccess({ cluster: name, user })),
      );
      return { explanations, totalItems };
    },
  });
  return (
    <Section title={t('entity.user.others')}>
      <Loaded
        polled={polled}
        title={t('entity.user.failed')}
        render={({ explanations, totalItems }) =>
          explanations.length === 0 ? (
            <Notice icon={RiShipLine} title={t('entity.user.noClusters')} />
          ) : (
            <>
              <AccessList
                explanations={explanations.filter(({ allowed }) => allowed)}
              />
              <WithoutAccess
                explanations={explanations.filter(({ allowed }) => !allowed)}
              />
              {explanations.length < totalItems && (
                <Text color="secondary">
                  {t('entity.user.tooMany', {
                    shown: String(explanations.length),
                    total: String(totalItems),
                  })}
                </Text>
              )}
            </>
          )
        }
      />
    </Section>
  );
}

function AccessList({ explanations }: { explanations: AccessExplanation[] }) {
  return (
    <ul className={styles.reach}>
      {explanations.map(explanation => (
        <ClusterAccess key={explanation.cluster} explanation={explanation} />
      ))}
    </ul>
  );
}

/** Lists the clusters that the person cannot reach, folded: in a large fleet they are the majority. */
function WithoutAccess(props: { explanations: AccessExplanation[] }) {
  const { explanations } = props;
  const t = useText();
  const [open, setOpen] = useState(false);
  if (explanations.length === 0) {
    return null;
  }
  return (
    <>
      <Disclosure
        open={open}
        label={t('entity.user.unreachable', { count: explanations.length })}
        onToggle={() => setOpen(!open)}
      />
      {open && <AccessList explanations={explanations} />}
    </>
  );
}

function Disclosure(props: {
  open: boolean;
  label: string;
  onToggle: () => void;
}) {
  const { open, label, onToggle } = props;
  return (
    <div>
      <Button
        variant="tertiary"
        size="small"
        iconStart={open ? <RiArrowDownSLine /> : <RiArrowRightSLine />}
        aria-expanded={open}
        onPress={onToggle}
      >
        {label}
      </Button>
    </div>
  );
}

function ClusterAccess({ explanation }: { explanation: AccessExplanation }) {
  const { cluster, allowed, admin, missing, roles } = explanation;
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <Text as="h4" variant="body-medium" weight="bold">
        {cluster}
      </Text>
      {admin && <Text>{t('entity.user.admin')}</Text>}
      {!allowed && (
        <ToneText tone="warning">{missing ?? t('entity.user.none')}</ToneText>
      )}
      {roles.map(role => (
        <RoleLine
          key={`${role.namespace} ${role.group} ${role.role}`}
          cluster={cluster}
          assignment={role}
        />
      ))}
      <Disclosure
        open={open}
        label={t(open ? 'entity.user.hide' : 'entity.user.show', { cluster })}
        onToggle={() => setOpen(!open)}
      />
      {open && <Explanation explanation={explanation} />}
    </li>
  );
}

function RoleLine(props: { cluster: string; assignment: RoleAssignment }) {
  const { cluster, assignment } = props;
  const { namespace, role, group, path, expiresAt, source } = assignment;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const words = {
    role: <b>{t(`role.${role}`)}</b>,
    namespace: (
      <Link href={route({ name: cluster, namespace })}>{namespace}</Link>
    ),
    path: (path.length > 0 ? path : [group]).map(groupName).join(' → '),
  };
  if (source === 'personal') {
    return <Text>{t('entity.user.heldPersonal', words)}</Text>;
  }
  return (
    <Text>
      {expiresAt
        ? t('entity.user.heldUntil', {
            ...words,
            when: <Moment at={expiresAt} display="clock" />,
          })
        : t('entity.user.held', words)}
    </Text>
  );
}

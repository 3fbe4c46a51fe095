import { Cluster } from '@berth/plugin-berth-common';
import { CopyIcon, Facts, Moment, Translate, useText } from '../../common';
import styles from '../ClusterPage.module.css';
import { Section } from '../Section';

/** What a cluster is called, by whom. */
export function IdentitySection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { usernamePrefix, groupsPrefix } = cluster;
  return (
    <Section title={t('cluster.identity.title')}>
      <Facts
        items={[
          {
            label: t('cluster.identity.id'),
            value: <Copyable text={cluster.id} />,
          },
          {
            label: t('cluster.identity.apiServer'),
            value: <Copyable text={cluster.apiServer} />,
          },
          {
            label: t('cluster.identity.connection'),
            value: connectionText(t, cluster.connection),
          },
          ...(usernamePrefix
            ? [{ label: t('form.usernamePrefix'), value: usernamePrefix }]
            : []),
          ...(groupsPrefix
            ? [{ label: t('form.groupsPrefix'), value: groupsPrefix }]
            : []),
          {
            label: t('cluster.identity.created'),
            value: <Moment at={cluster.createdAt} />,
          },
        ]}
      />
    </Section>
  );
}

/** Modules of the portal can bring connections whose names are all that is known of them. */
export function connectionText(t: Translate, connection: string): string {
  return connection === 'oidc' || connection === 'serviceAccount'
    ? t(`connection.${connection}`)
    : connection;
}

function Copyable({ text }: { text: string }) {
  return (
    <span className={styles.copyable}>
      {text}
      <CopyIcon text={text} />
    </span>
  );
}

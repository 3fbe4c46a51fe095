import { Flex, Link } from '@backstage/ui';
import {
  Cluster,
  ClusterLink,
  CredentialStatus,
} from '@berth/plugin-berth-common';
import { CopyIcon, Facts, Moment, Translate, useText } from '../../../kit';
import styles from '../../../kit/page.module.css';
import { Section } from '../../../kit/Section';

/** Shows the names, ids and addresses of a cluster. */
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
          {
            label: t('cluster.identity.kubectlVia'),
            value: t(`cluster.identity.kubectlViaValue.${cluster.kubectlVia}`),
          },
          ...(usernamePrefix
            ? [{ label: t('form.usernamePrefix'), value: usernamePrefix }]
            : []),
          ...(groupsPrefix
            ? [{ label: t('form.groupsPrefix'), value: groupsPrefix }]
            : []),
          ...credentialFact(t, cluster.credential),
          ...(cluster.labels && Object.keys(cluster.labels).length > 0
            ? [{ label: t('form.labels'), value: labelsText(cluster.labels) }]
            : []),
          ...(cluster.links?.length
            ? [
                {
                  label: t('form.links'),
                  value: <Links links={cluster.links} />,
                },
              ]
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

/** Returns the text of a connection. Of connections that modules add, only the name is known. */
export function connectionText(t: Translate, connection: string): string {
  return connection === 'oidc' || connection === 'serviceAccount'
    ? t(`connection.${connection}`)
    : connection;
}

function credentialFact(t: Translate, credential?: CredentialStatus) {
  if (!credential) {
    return [];
  }
  const { state, expiresAt, message } = credential;
  return [
    {
      label: t('cluster.identity.credential'),
      value: (
        <>
          {t(`cluster.identity.credentialState.${state}`)}
          {expiresAt && (
            <>
              {', '}
              {t('cluster.identity.expires', {
                when: <Moment at={expiresAt} />,
              })}
            </>
          )}
          {message && <div>{message}</div>}
        </>
      ),
    },
  ];
}

function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function Links({ links }: { links: ClusterLink[] }) {
  return (
    <Flex direction="column" gap="1">
      {links.map(({ title, url }) => (
        <Link key={url} href={url} target="_blank" rel="noopener noreferrer">
          {title}
        </Link>
      ))}
    </Flex>
  );
}

function Copyable({ text }: { text: string }) {
  return (
    <span className={styles.copyable}>
      {text}
      <CopyIcon text={text} />
    </span>
  );
}

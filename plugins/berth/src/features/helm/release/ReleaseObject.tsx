import { Link, Text } from '@backstage/ui';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { useObjectHref } from '../../../kit';
import styles from '../helm.module.css';

/** Names an object of a release, with a link to its page if the cluster has its kind. */
export function ReleaseObject(props: {
  address: HelmReleaseAddress;
  object: {
    kind: string;
    group: string;
    plural?: string;
    namespace?: string;
    name: string;
  };
  /** Whether the cluster does not have the object. */
  isMissing?: boolean;
}) {
  const { address, object, isMissing } = props;
  const { kind, group, plural, namespace, name } = object;
  const href = useObjectHref();
  const { cluster } = address;
  const place =
    namespace !== undefined && namespace !== address.namespace
      ? `${kind} · ${namespace}`
      : kind;
  return (
    <>
      {plural === undefined || isMissing ? (
        <Text>{name}</Text>
      ) : (
        <Link
          href={href({ cluster, group, plural, namespace, name })}
          variant="body-medium"
          className={styles.code}
        >
          {name}
        </Link>
      )}
      <Text as="p" variant="body-small" color="secondary">
        {place}
      </Text>
    </>
  );
}

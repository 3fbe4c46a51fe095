import { Alert, ButtonLink } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { useText } from '../../kit';
import { clusterRouteRef, namespaceRouteRef } from '../../routes';
import styles from './object.module.css';

/** Shows that Berth keeps an object, and leads to where the object is changed. */
export function KeptByBerth({ address }: { address: ObjectAddress }) {
  const t = useText();
  const place = usePlace(address);
  return (
    <div className={styles.kept}>
      <Alert
        role="status"
        status="info"
        icon
        title={t('object.kept.title')}
        description={t('object.kept.description')}
        customActions={
          <ButtonLink size="small" variant="secondary" href={place.href}>
            {place.label}
          </ButtonLink>
        }
      />
    </div>
  );
}

function usePlace(address: ObjectAddress): { label: string; href: string } {
  const { cluster, namespace, plural, name } = address;
  const t = useText();
  const clusterRoute = useRouteRef(clusterRouteRef);
  const namespaceRoute = useRouteRef(namespaceRouteRef);
  if (plural === 'namespaces') {
    return {
      label: t('object.kept.namespace'),
      href: namespaceRoute({ name: cluster, namespace: name }),
    };
  }
  if (namespace === undefined) {
    return {
      label: t('object.kept.cluster'),
      href: `${clusterRoute({ name: cluster })}/access`,
    };
  }
  const base = namespaceRoute({ name: cluster, namespace });
  return ['resourcequotas', 'limitranges'].includes(plural)
    ? { label: t('object.kept.quota'), href: `${base}/quota` }
    : { label: t('object.kept.access'), href: `${base}/access` };
}

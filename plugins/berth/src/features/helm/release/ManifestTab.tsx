import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmManifestObject,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  CopyButton,
  DownloadButton,
  ItemList,
  Loaded,
  Section,
  useText,
} from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import { usePolled } from '../../../kit/query';
import styles from '../helm.module.css';
import { HiddenValues } from './HiddenValues';
import { useChosenRevision } from './useChosenRevision';

const HEIGHT = '60vh';

/** Shows the manifest of a revision, one object at a time. The values of Secrets are hidden. */
export function ManifestTab(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { revision, select } = useChosenRevision(address, view);
  const polled = usePolled({
    key: ['release', address, 'manifest', revision],
    load: () => api.getReleaseManifest(address, revision),
  });
  return (
    <>
      <div className={styles.controls}>
        {select}
        {polled.value && polled.value.items.length > 0 && (
          <DownloadButton
            text={polled.value.items.map(({ yaml }) => yaml).join('---\n')}
            fileName={`${address.release}-manifest.yaml`}
          />
        )}
      </div>
      <Loaded
        polled={polled}
        title={t('helm.manifest.failed')}
        height={300}
        render={({ items }) => (
          <Manifest address={address} items={items} revision={revision} />
        )}
      />
    </>
  );
}

function Manifest(props: {
  address: HelmReleaseAddress;
  items: HelmManifestObject[];
  revision?: number;
}) {
  const { address, items, revision } = props;
  const t = useText();
  const byId = withIds(items);
  if (items.length === 0) {
    return <Text color="secondary">{t('helm.manifest.none')}</Text>;
  }
  return (
    <Section title={t('helm.manifest.title', { count: items.length })}>
      <ItemList
        items={[...byId].map(([id, item]) => ({
          id,
          label: item.name,
          note: item.hook
            ? t('helm.manifest.hook', { kind: item.kind })
            : item.kind,
        }))}
        label={t('helm.manifest.list')}
        searchLabel={t('helm.manifest.search')}
        choose={t('helm.manifest.choose')}
        initial={[...byId.keys()][0]}
      >
        {id => (
          <ManifestObject
            key={id}
            address={address}
            item={byId.get(id)!}
            revision={revision}
          />
        )}
      </ItemList>
    </Section>
  );
}

/** A hook may have the name of an object, and a manifest may have an object several times. */
function withIds(items: HelmManifestObject[]): Map<string, HelmManifestObject> {
  const byId = new Map<string, HelmManifestObject>();
  for (const item of items) {
    const { apiVersion, kind, namespace, name, hook } = item;
    const parts = [apiVersion, kind, namespace, name, hook];
    let id = parts.join('/');
    for (let count = 2; byId.has(id); count++) {
      id = [...parts, count].join('/');
    }
    byId.set(id, item);
  }
  return byId;
}

function ManifestObject(props: {
  address: HelmReleaseAddress;
  item: HelmManifestObject;
  revision?: number;
}) {
  const { address, item, revision } = props;
  const t = useText();
  const { kind, namespace, name, yaml, maskedKeys = [] } = item;
  return (
    <>
      <div>
        <CopyButton
          text={yaml}
          aria-label={t('helm.manifest.copy', { object: `${kind} ${name}` })}
        />
      </div>
      <CodeEditor
        label={t('helm.manifest.label', { object: `${kind} ${name}` })}
        value={yaml}
        height={HEIGHT}
      />
      {maskedKeys.length > 0 && (
        <HiddenValues
          address={address}
          items={maskedKeys.map(key => ({
            name: key,
            request: {
              ...(revision !== undefined && { revision }),
              object: {
                kind,
                ...(namespace !== undefined && { namespace }),
                name,
              },
              key,
            },
          }))}
        />
      )}
    </>
  );
}

import {
  HelmObject,
  HelmObjectHealth,
  HelmReleaseAddress,
} from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Tone, ToneLabel, useText } from '../../../kit';
import { ReleaseObject } from './ReleaseObject';

export const TONES: Record<HelmObjectHealth, Tone> = {
  Healthy: 'success',
  Progressing: 'pending',
  Degraded: 'danger',
  Missing: 'danger',
  Unknown: 'pending',
  Forbidden: 'pending',
};

/** The order of the objects: problems first. */
const ORDER: HelmObjectHealth[] = [
  'Degraded',
  'Missing',
  'Progressing',
  'Unknown',
  'Forbidden',
  'Healthy',
];

/** Lists objects of a release, each with its health. */
export function ObjectRows(props: {
  address: HelmReleaseAddress;
  items: HelmObject[];
  /** How many to show, the worst first; all by default. */
  most?: number;
}) {
  const { address, items, most } = props;
  const t = useText();
  const rankOf = ({ health }: HelmObject) => ORDER.indexOf(health);
  const column = {
    object: t('helm.objects.object'),
    health: t('helm.objects.health'),
    message: t('helm.objects.message'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {[...items]
        .sort((a, b) => rankOf(a) - rankOf(b))
        .slice(0, most)
        .map(item => (
          <FoldingRow
            key={[item.kind, item.namespace, item.name].join('/')}
            header={
              <ReleaseObject
                address={address}
                object={item}
                isMissing={item.health === 'Missing'}
              />
            }
            cells={[
              {
                label: column.health,
                content: (
                  <ToneLabel
                    tone={TONES[item.health]}
                    text={t(`helm.health.${item.health}`)}
                  />
                ),
              },
              { label: column.message, content: item.message ?? '' },
            ]}
          />
        ))}
    </FoldingTable>
  );
}

import { Alert } from '@backstage/ui';
import { Facts, Section, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import { Chips, known, pairsOf } from '../parts';
import { at, listAt, mapAt, textAt } from '../reading';
import { containersOf } from './containers';
import { ContainersSection } from './ContainersSection';
import { rolloutOf } from './rollout';
import { DetailsProps } from './types';
import { VolumesSection } from './VolumesSection';

/** Shows the replicas, the rollout and the template of a workload. */
export function WorkloadDetails({ address, view }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const template = at(object, 'spec.template');
  const rollout = rolloutOf(address.plural, object);
  const claims = listAt(object, 'spec.volumeClaimTemplates');
  return (
    <>
      {rollout.state === 'failed' && (
        <Alert
          role="status"
          status="danger"
          icon
          title={t('object.rollout.failed')}
          description={rollout.message}
        />
      )}
      <div className={pageStyles.grid}>
        <Section title={t('object.workload.title')}>
          <Facts
            items={known([
              {
                label: t('object.workload.replicas'),
                value: t('object.workload.ready', {
                  ready: String(rollout.ready),
                  wanted: String(rollout.wanted),
                }),
              },
              {
                label: t('object.workload.updated'),
                value:
                  rollout.updated === undefined
                    ? undefined
                    : String(rollout.updated),
              },
              {
                label: t('object.workload.available'),
                value: String(rollout.available),
              },
              {
                label: t('object.workload.rollout'),
                value: t(`object.rollout.state.${rollout.state}`),
              },
              {
                label: t('object.workload.strategy'),
                value:
                  textAt(object, 'spec.strategy.type') ??
                  textAt(object, 'spec.updateStrategy.type'),
              },
              {
                label: t('object.workload.surge'),
                value: textAt(object, 'spec.strategy.rollingUpdate.maxSurge'),
              },
              {
                label: t('object.workload.unavailable'),
                value:
                  textAt(
                    object,
                    'spec.strategy.rollingUpdate.maxUnavailable',
                  ) ??
                  textAt(
                    object,
                    'spec.updateStrategy.rollingUpdate.maxUnavailable',
                  ),
              },
              {
                label: t('object.workload.service'),
                value: textAt(object, 'spec.serviceName'),
              },
              {
                label: t('object.workload.claims'),
                value: claims
                  .map(claim => {
                    const name = textAt(claim, 'metadata.name') ?? '';
                    const size = textAt(
                      claim,
                      'spec.resources.requests.storage',
                    );
                    return size ? `${name} (${size})` : name;
                  })
                  .join(', '),
              },
              {
                label: t('object.workload.selector'),
                value: (
                  <Chips
                    items={pairsOf(mapAt(object, 'spec.selector.matchLabels'))}
                  />
                ),
              },
            ])}
          />
        </Section>
        <VolumesSection
          address={address}
          pod={{ spec: at(template, 'spec') }}
        />
      </div>
      <ContainersSection containers={containersOf(template)} />
    </>
  );
}

import { Text } from '@backstage/ui';
import { RelatedObject } from '@berth/plugin-berth-common';
import { Facts, Section, ToneText, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import { Chips, Code, known, Lines, ObjectLink, pairsOf } from '../parts';
import { Json, listAt, mapAt, textAt, textsAt } from '../reading';
import { DetailsProps } from './types';

/** Shows how a service is reached, the pods behind it and the routes in front of it. */
export function ServiceDetails({ address, view, related }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const selector = pairsOf(mapAt(object, 'spec.selector'));
  const external = [
    ...textsAt(object, 'spec.externalIPs'),
    ...listAt(object, 'status.loadBalancer.ingress').flatMap(
      ingress => textAt(ingress, 'hostname') ?? textAt(ingress, 'ip') ?? [],
    ),
  ];
  const links = (relation: RelatedObject['relation']) =>
    related
      ?.filter(one => one.relation === relation)
      .map(one => (
        <span key={`${one.plural}/${one.name}`}>
          <ObjectLink address={{ cluster: address.cluster, ...one }} />{' '}
          <Text color="secondary">
            {[one.kind, one.status].filter(Boolean).join(' · ')}
          </Text>
        </span>
      ));
  const pods = links('selects');
  const routes = links('routedBy');
  return (
    <div className={pageStyles.grid}>
      <Section title={t('object.service.title')}>
        <Facts
          items={known([
            {
              label: t('object.service.type'),
              value: textAt(object, 'spec.type'),
            },
            {
              label: t('object.service.ip'),
              value: <Code>{textAt(object, 'spec.clusterIP') ?? ''}</Code>,
            },
            {
              label: t('object.service.external'),
              value: external.length > 0 && <Chips items={external} />,
            },
            {
              label: t('object.service.name'),
              value: textAt(object, 'spec.externalName'),
            },
            {
              label: t('object.service.ports'),
              value: (
                <Lines
                  items={listAt(object, 'spec.ports').map(port => (
                    <Code key={portText(port)}>{portText(port)}</Code>
                  ))}
                />
              ),
            },
            {
              label: t('object.service.selector'),
              value: <Chips items={selector} />,
            },
          ])}
        />
      </Section>
      <Section title={t('object.service.traffic')}>
        <Facts
          items={known([
            {
              label: t('object.service.routes'),
              value:
                routes && routes.length > 0 ? (
                  <Lines items={routes} />
                ) : (
                  routes && t('object.service.noRoutes')
                ),
            },
            {
              label: t('object.service.pods'),
              value:
                pods && pods.length > 0 ? (
                  <Lines items={pods} />
                ) : (
                  pods &&
                  selector.length > 0 && (
                    <ToneText tone="warning">
                      {t('object.service.noPods')}
                    </ToneText>
                  )
                ),
            },
          ])}
        />
      </Section>
    </div>
  );
}

function portText(port: Json): string {
  const name = textAt(port, 'name');
  const number = textAt(port, 'port') ?? '';
  const target = textAt(port, 'targetPort') ?? number;
  const node = textAt(port, 'nodePort');
  const protocol = textAt(port, 'protocol') ?? 'TCP';
  return `${name ? `${name}: ` : ''}${number}${
    node ? `:${node}` : ''
  }/${protocol} → ${target}`;
}

import { Facts, Section, ToneText, useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { formatCpu, formatMemory } from '../../../kit/format';
import pageStyles from '../../../kit/page.module.css';
import { Chips, Code, known, Lines } from '../parts';
import { at, listAt, mapAt, mapOf, textAt } from '../reading';
import { DetailsProps } from './types';

const ROLE = 'node-role.kubernetes.io/';

/** Shows what a node offers, and what keeps pods off it. */
export function NodeDetails({ view }: DetailsProps) {
  const t = useText();
  const { object } = view;
  const info = (name: string) => textAt(object, `status.nodeInfo.${name}`);
  const capacity = mapAt(object, 'status.capacity');
  const allocatable = mapAt(object, 'status.allocatable');
  const roles = Object.keys(mapOf(at(object, 'metadata.labels')))
    .filter(label => label.startsWith(ROLE))
    .map(label => label.slice(ROLE.length));
  const taints = listAt(object, 'spec.taints').map(taint => {
    const value = textAt(taint, 'value');
    const key = textAt(taint, 'key') ?? '';
    return `${key}${value ? `=${value}` : ''}:${textAt(taint, 'effect') ?? ''}`;
  });
  const column = {
    resource: t('object.node.resource'),
    capacity: t('object.node.capacity'),
    allocatable: t('object.node.allocatable'),
  };
  return (
    <div className={pageStyles.grid}>
      <Section title={t('object.node.title')}>
        <Facts
          items={known([
            {
              label: t('object.node.scheduling'),
              value:
                at(object, 'spec.unschedulable') === true ? (
                  <ToneText tone="warning">{t('object.node.off')}</ToneText>
                ) : (
                  t('object.node.on')
                ),
            },
            { label: t('object.node.roles'), value: roles.join(', ') },
            { label: t('object.node.taints'), value: <Chips items={taints} /> },
            {
              label: t('object.node.addresses'),
              value: (
                <Lines
                  items={listAt(object, 'status.addresses').map(address => (
                    <Code key={textAt(address, 'type')}>
                      {textAt(address, 'type')} {textAt(address, 'address')}
                    </Code>
                  ))}
                />
              ),
            },
            { label: t('object.node.kubelet'), value: info('kubeletVersion') },
            {
              label: t('object.node.runtime'),
              value: info('containerRuntimeVersion'),
            },
            { label: t('object.node.system'), value: info('osImage') },
            { label: t('object.node.kernel'), value: info('kernelVersion') },
            {
              label: t('object.node.architecture'),
              value: info('architecture'),
            },
          ])}
        />
      </Section>
      <Section title={t('object.node.resources')}>
        <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
          {Object.entries(capacity).map(([resource, amount]) => (
            <FoldingRow
              key={resource}
              header={resource}
              cells={[
                {
                  label: column.capacity,
                  content: <Amount resource={resource} quantity={amount} />,
                },
                {
                  label: column.allocatable,
                  content: (
                    <Amount
                      resource={resource}
                      quantity={allocatable[resource] ?? ''}
                    />
                  ),
                },
              ]}
            />
          ))}
        </FoldingTable>
      </Section>
    </div>
  );
}

const BYTES = /^(memory|ephemeral-storage|hugepages-.+)$/;

/** Shows an amount in the units of people, and as the cluster writes it on hover. */
function Amount(props: { resource: string; quantity: string }) {
  const { resource, quantity } = props;
  return <span title={quantity}>{amountText(resource, quantity)}</span>;
}

function amountText(resource: string, quantity: string): string {
  try {
    if (BYTES.test(resource)) {
      return formatMemory(quantity);
    }
    return resource === 'cpu' ? formatCpu(quantity) : quantity;
  } catch {
    // A cluster may write anything.
    return quantity;
  }
}

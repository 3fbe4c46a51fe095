import { Text } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Moment, Section, ToneLabel, Translate, useText } from '../../../kit';
import { Json } from '../reading';
import { Condition, conditionsOf, DESCRIBED } from './conditions';

/** Shows the conditions of an object, with a sentence for those of Kubernetes. */
export function ConditionsSection(props: {
  address: ObjectAddress;
  object: Json;
}) {
  const { address, object } = props;
  const t = useText();
  const conditions = conditionsOf(object);
  if (conditions.length === 0) {
    return null;
  }
  const column = {
    type: t('object.conditions.type'),
    meaning: t('object.conditions.meaning'),
    reason: t('object.conditions.reason'),
    since: t('object.conditions.since'),
  };
  return (
    <Section title={t('object.conditions.title')}>
      <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
        {conditions.map(condition => (
          <FoldingRow
            key={condition.type}
            header={condition.type}
            cells={[
              {
                label: column.meaning,
                content: (
                  <ToneLabel
                    tone={condition.tone}
                    text={meaningOf(t, address.plural, condition)}
                  />
                ),
              },
              {
                label: column.reason,
                content: <Reason condition={condition} />,
              },
              {
                label: column.since,
                content: condition.since ? (
                  <Moment at={condition.since} />
                ) : (
                  t('common.unknown')
                ),
              },
            ]}
          />
        ))}
      </FoldingTable>
    </Section>
  );
}

function Reason({ condition }: { condition: Condition }) {
  const { reason, message } = condition;
  return (
    <>
      {reason && <Text as="p">{reason}</Text>}
      {message && (
        <Text as="p" variant="body-small" color="secondary">
          {message}
        </Text>
      )}
    </>
  );
}

function meaningOf(
  t: Translate,
  plural: string,
  { type, status }: Condition,
): string {
  if (status !== 'Unknown' && DESCRIBED.has(`${plural}.${type}`)) {
    const key = `object.condition.${plural}.${type}.${status}`;
    return t(key as 'object.condition.pods.Ready.True');
  }
  return t(`object.condition.other.${status}`);
}

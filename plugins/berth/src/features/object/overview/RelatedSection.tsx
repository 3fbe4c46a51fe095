import { Flex, Text } from '@backstage/ui';
import {
  ObjectAddress,
  RelatedObject,
  RelatedObjectList,
} from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { Loaded, Section, ToneText, useText } from '../../../kit';
import { Polled } from '../../../kit/query';
import { ObjectLink } from '../parts';

/** The most objects that are shown; a page with more is hard to read. */
const MAX_SHOWN = 100;

/** Shows the objects that an object refers to, and those that refer to it. */
export function RelatedSection(props: {
  address: ObjectAddress;
  related: Polled<RelatedObjectList>;
}) {
  const { address, related } = props;
  const t = useText();
  return (
    <Section title={t('object.related.title')}>
      <Loaded
        polled={related}
        title={t('object.related.failed')}
        render={({ items, unreadable }) => (
          <Flex direction="column" gap="3">
            {items.length === 0 ? (
              <Text color="secondary">{t('object.related.none')}</Text>
            ) : (
              <RelatedTable address={address} items={items} />
            )}
            {items.length > MAX_SHOWN && (
              <Text color="secondary">
                {t('object.related.more', { count: items.length - MAX_SHOWN })}
              </Text>
            )}
            {unreadable.length > 0 && (
              <Text color="secondary">
                {t('object.related.unreadable', {
                  kinds: unreadable.join(', '),
                })}
              </Text>
            )}
          </Flex>
        )}
      />
    </Section>
  );
}

function RelatedTable(props: {
  address: ObjectAddress;
  items: RelatedObject[];
}) {
  const { address, items } = props;
  const t = useText();
  const column = {
    relation: t('object.related.relation'),
    object: t('object.related.object'),
    status: t('object.related.status'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {items.slice(0, MAX_SHOWN).map(item => {
        const { relation, group, plural, kind, namespace, name } = item;
        return (
          <FoldingRow
            key={[relation, group, plural, namespace, name].join('/')}
            header={t(`object.relation.${relation}`)}
            cells={[
              {
                label: column.object,
                content: (
                  <>
                    {item.missing ? (
                      name
                    ) : (
                      <ObjectLink
                        address={{
                          cluster: address.cluster,
                          group,
                          plural,
                          namespace,
                          name,
                        }}
                      />
                    )}
                    <Text as="p" variant="body-small" color="secondary">
                      {kind}
                    </Text>
                  </>
                ),
              },
              {
                label: column.status,
                content: item.missing ? (
                  <ToneText tone="danger">
                    {t('object.related.missing')}
                  </ToneText>
                ) : (
                  item.status ?? ''
                ),
              },
            ]}
          />
        );
      })}
    </FoldingTable>
  );
}

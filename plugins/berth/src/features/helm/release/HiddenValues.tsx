import { Text } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmRevealRequest,
} from '@berth/plugin-berth-common';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import { useText } from '../../../kit';
import styles from '../helm.module.css';
import { HiddenValue } from './HiddenValue';

/** Lists hidden values, each with a button that reveals it. */
export function HiddenValues(props: {
  address: HelmReleaseAddress;
  items: { name: string; request: HelmRevealRequest }[];
}) {
  const { address, items } = props;
  const t = useText();
  const column = {
    name: t('helm.hidden.name'),
    content: t('helm.hidden.content'),
  };
  return (
    <div className={styles.stack}>
      <Text as="p" variant="body-small" color="secondary">
        {t('helm.hidden.recorded')}
      </Text>
      <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
        {items.map(({ name, request }) => (
          <FoldingRow
            // A value that is shown belongs to its revision.
            key={JSON.stringify(request)}
            header={<span className={styles.code}>{name}</span>}
            cells={[
              {
                label: column.content,
                content: (
                  <HiddenValue
                    address={address}
                    request={request}
                    name={name}
                  />
                ),
              },
            ]}
          />
        ))}
      </FoldingTable>
    </div>
  );
}

import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { useText } from '../useText';
import styles from './listing.module.css';
import { PlacedRow, RowListing } from './RowCollector';

type CountTexts =
  | {
      all: 'helm.count.all';
      some: 'helm.count.some';
      loading: 'helm.count.loading';
    }
  | {
      all: 'resources.count.all';
      some: 'resources.count.some';
      loading: 'resources.count.loading';
    };

/** Shows how many rows there are, and whether some are still missing. */
export function CountNote(props: {
  listing: RowListing<PlacedRow>;
  total: number;
  shown: number;
  problems: number;
  /** The keys of the texts for all rows, for those that match, and for the rows so far. */
  texts: CountTexts;
  /** Further notes about a complete list. */
  children?: ReactNode;
}) {
  const { listing, total, shown, problems, texts, children } = props;
  const t = useText();
  const number = (count: number) => count.toLocaleString('en');
  const clusters = Object.values(listing.clusters);
  const answered = clusters.filter(({ state }) => state !== 'loading');
  return (
    <div className={styles.count}>
      {listing.isComplete ? (
        <Text variant="body-small" color="secondary">
          {shown === total
            ? t(texts.all, { count: total, number: number(total) })
            : t(texts.some, {
                shown: number(shown),
                total: number(total),
              })}
          {problems > 0 &&
            ` ${t('resources.count.problems', { count: problems })}`}
        </Text>
      ) : (
        <Text variant="body-small" color="secondary" role="status">
          {t(texts.loading, {
            number: number(total),
            answered: String(answered.length),
            total: String(clusters.length),
          })}
        </Text>
      )}
      {listing.isComplete && children}
    </div>
  );
}

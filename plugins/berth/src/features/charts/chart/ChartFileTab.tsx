import { Text } from '@backstage/ui';
import { ChartAddress, ChartFile } from '@berth/plugin-berth-common';
import { CopyButton, DownloadButton, Loaded, useText } from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import styles from '../charts.module.css';
import { useChartFile } from './useChartFile';

const FILE_NAMES = { values: 'values.yaml', schema: 'values.schema.json' };

/** Shows the values or the schema of a version of a chart, to read and to copy. */
export function ChartFileTab(props: {
  address: ChartAddress;
  version: string;
  file: keyof typeof FILE_NAMES;
}) {
  const { address, version, file } = props;
  const t = useText();
  const polled = useChartFile(address, version, file);
  return (
    <Loaded
      polled={polled}
      title={t(`charts.${file}.failed`)}
      height={300}
      render={content}
    />
  );

  function content({ text, truncated }: ChartFile) {
    if (text === undefined || text.trim() === '') {
      return <Text>{t(`charts.${file}.none`)}</Text>;
    }
    return (
      <div className={styles.stack}>
        <Text variant="body-small" color="secondary">
          {t(`charts.${file}.hint`)} {truncated && t('charts.truncated')}
        </Text>
        <div className={styles.actions}>
          <CopyButton text={text} aria-label={t(`charts.${file}.copy`)} />
          <DownloadButton
            text={text}
            fileName={`${address.chart}-${version}-${FILE_NAMES[file]}`}
          />
        </div>
        <CodeEditor
          label={t(`charts.${file}.label`, { chart: address.chart })}
          value={text}
        />
      </div>
    );
  }
}

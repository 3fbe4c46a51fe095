import { useState } from 'react';
import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ActivityExportFormat } from '@berth/plugin-berth-common';
import { RiDownloadLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import { problemOf } from '../../kit/format';
import { saveFile, useNotify, useText } from '../../kit';
import { ActivityChoice, filterOf } from './activityFilter';
import { ActivityPlace } from './useActivity';

const FORMATS: ActivityExportFormat[] = ['csv', 'jsonl'];

/** Saves all entries of the filter, not only the page that is shown. */
export function ExportButtons(props: {
  place: ActivityPlace;
  choice: ActivityChoice;
}) {
  const { place } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [saving, setSaving] = useState<ActivityExportFormat>();

  const save = async (format: ActivityExportFormat) => {
    setSaving(format);
    try {
      const filter = { ...filterOf(props.choice, Date.now()), ...place };
      const name = [place.cluster ?? 'berth', place.namespace, 'activity'];
      saveFile(
        await api.exportActivity(filter, format),
        `${name.filter(Boolean).join('-')}.${format}`,
      );
    } catch (error) {
      notify({
        message: t('activity.exportFailed', {
          message: problemOf(error).message,
        }),
        failed: true,
      });
    }
    setSaving(undefined);
  };

  return (
    <Flex gap="1">
      {FORMATS.map(format => (
        <Button
          key={format}
          variant="secondary"
          iconStart={<RiDownloadLine />}
          isPending={saving === format}
          aria-label={t('activity.exportLabel', {
            format: t(`activity.format.${format}`),
          })}
          onPress={() => save(format)}
        >
          {t(`activity.format.${format}`)}
        </Button>
      ))}
    </Flex>
  );
}

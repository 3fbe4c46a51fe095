import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { MomentText, formatMoment } from '../../format';
import { useNow } from '../../hooks';
import { useText } from './useText';

const TICK = 10_000;

export function useMomentText(moment: string | number): Required<MomentText> {
  const t = useText();
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const now = useNow(TICK);
  const text = formatMoment(moment, Math.max(now, Date.now()), language);
  return { ...text, relative: text.relative ?? t('common.justNow') };
}

/** A moment, relative to now or by the clock, with the exact time on hover. */
export function Moment(props: {
  at: string | number;
  display?: 'relative' | 'clock';
}) {
  const { relative, clock, exact } = useMomentText(props.at);
  const byClock = props.display === 'clock';
  return (
    <time
      dateTime={new Date(props.at).toISOString()}
      title={byClock ? `${exact} (${relative})` : exact}
    >
      {byClock ? clock : relative}
    </time>
  );
}

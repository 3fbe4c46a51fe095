import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { MomentText, formatMoment } from './format';
import { useNow } from './hooks';
import { useText } from './useText';

const TICK = 10_000;

/** Returns a moment as text, kept up to date. */
export function useMomentText(moment: string | number): Required<MomentText> {
  const t = useText();
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const now = useNow(TICK);
  const text = formatMoment(moment, Math.max(now, Date.now()), language);
  const justNow = t('common.justNow');
  return {
    ...text,
    relative: text.relative ?? justNow,
    short: text.short ?? justNow,
    age: text.age ?? justNow,
  };
}

/** Shows a moment relative to now, as an age, or by the clock; with the exact time on hover. */
export function Moment(props: {
  at: string | number;
  display?: 'relative' | 'short' | 'age' | 'clock';
}) {
  const { at, display = 'relative' } = props;
  const text = useMomentText(at);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={
        display === 'clock' ? `${text.exact} (${text.relative})` : text.exact
      }
    >
      {text[display]}
    </time>
  );
}

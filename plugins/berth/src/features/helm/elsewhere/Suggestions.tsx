import { useMemo } from 'react';
import { Button } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import own from './elsewhere.module.css';
import { suggestionsFor, withSuggestion } from './clusterSuggestions';

/** Offers values of the settings of a cluster. Nothing changes before the person takes one. */
export function Suggestions(props: {
  cluster: Cluster;
  text: string;
  onChange: (text: string) => void;
}) {
  const { cluster, text, onChange } = props;
  const t = useText();
  const found = useMemo(() => suggestionsFor(text, cluster), [text, cluster]);
  if (found.length === 0) {
    return null;
  }
  return (
    <ul
      className={own.suggestions}
      aria-label={t('helm.elsewhere.suggestions.title', {
        cluster: cluster.name,
      })}
    >
      {found.map(one => {
        const path = one.path.join('.');
        const { kind, now, value } = one;
        return (
          <li key={path}>
            <span>
              {t(`helm.elsewhere.suggestions.${kind}`, {
                ...{ path, now, value: value ?? '' },
                cluster: cluster.name,
              })}
            </span>
            {value !== undefined && (
              <Button
                size="small"
                variant="secondary"
                aria-label={t('helm.elsewhere.suggestions.useFor', {
                  path,
                  value,
                })}
                onPress={() => onChange(withSuggestion(text, one))}
              >
                {t('helm.elsewhere.suggestions.use', { value })}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

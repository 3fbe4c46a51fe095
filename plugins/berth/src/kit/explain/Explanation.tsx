import { AccessExplanation, ExplanationStep } from '@berth/plugin-berth-common';
import { Fragment } from 'react';
import { ButtonLink, Text, VisuallyHidden } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionMark,
  RiSubtractLine,
} from '@remixicon/react';
import { newRequestRouteRef } from '../../routes';
import { Chain, ChainLink, CopyButton, newRequestSearch, useText } from '..';
import styles from './AccessExplanationPanel.module.css';

const TEXT_MARKS = { Passed: '✓', Failed: '✗', Unknown: '?', Skipped: '–' };

/** Writes an explanation as plain text, for the people who can fix the problem. */
export function explanationText(explanation: AccessExplanation): string {
  const { user, cluster, namespace, steps } = explanation;
  const place =
    namespace === undefined ? cluster : `${namespace} on ${cluster}`;
  return [
    `${user}, ${place}:`,
    ...steps.map(({ status, link, message, hint }) =>
      [`${TEXT_MARKS[status]} ${link}: ${message}`, hint && `  ${hint}`]
        .filter(Boolean)
        .join('\n'),
    ),
  ].join('\n');
}

const MARKS = {
  Passed: RiCheckLine,
  Failed: RiCloseLine,
  Unknown: RiQuestionMark,
  Skipped: RiSubtractLine,
};

const TONES = {
  Passed: 'success',
  Failed: 'danger',
  Unknown: undefined,
  Skipped: undefined,
} as const;

/** Shows the chain from a person to their access, step by step, and who can fix a missing step. */
export function Explanation(props: { explanation: AccessExplanation }) {
  const { explanation } = props;
  const { steps, helpers, allowed } = explanation;
  const t = useText();
  return (
    <div className={styles.explanation}>
      <Chain>
        {steps.map(step => (
          <Link key={step.link} step={step} />
        ))}
      </Chain>
      {allowed ? (
        <Text color="secondary">{t('explain.allowed')}</Text>
      ) : (
        <>
          {helpers.length > 0 && (
            <Text as="p">
              <b>{t('explain.helpers')}</b>
              {': '}
              {t('explain.helpersLine', {
                groups: (
                  <>
                    {helpers.map((helper, index) => (
                      <Fragment key={helper}>
                        {index > 0 && ', '}
                        <EntityRefLink
                          entityRef={helper}
                          defaultKind="group"
                          hideIcon
                        />
                      </Fragment>
                    ))}
                  </>
                ),
              })}
            </Text>
          )}
          <RequestRole explanation={explanation} />
          <div>
            <CopyButton text={explanationText(explanation)} />{' '}
            <Text variant="body-small" color="secondary">
              {t('explain.copy')}
            </Text>
          </div>
        </>
      )}
    </div>
  );
}

/** Links to the form that requests the role, if only the role is missing. */
function RequestRole(props: { explanation: AccessExplanation }) {
  const { steps, cluster, namespace } = props.explanation;
  const t = useText();
  const newRequest = useRouteRef(newRequestRouteRef);
  const missing = steps.find(({ status }) => status === 'Failed');
  if (missing?.link !== 'grant' || namespace === undefined) {
    return null;
  }
  const search = newRequestSearch({ kind: 'grant', cluster, namespace });
  return (
    <div>
      <ButtonLink variant="primary" href={`${newRequest()}${search}`}>
        {t('requests.requestRole')}
      </ButtonLink>
    </div>
  );
}

function Link({ step }: { step: ExplanationStep }) {
  const { link, status, message, hint } = step;
  const t = useText();
  return (
    <ChainLink mark={MARKS[status]} tone={TONES[status]}>
      {/* VisuallyHidden is a div, which a paragraph must not contain. */}
      <Text as="div" weight={status === 'Failed' ? 'bold' : 'regular'}>
        {t(`explain.link.${link}`)}
        <VisuallyHidden> ({t(`explain.status.${status}`)})</VisuallyHidden>
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {status === 'Skipped' ? t('explain.skipped') : message}
      </Text>
      {hint && status !== 'Skipped' && (
        <Text as="p" variant="body-small">
          {hint}
        </Text>
      )}
    </ChainLink>
  );
}

import * as z from 'zod';
import { oneOf, words } from './fields';
import { connectionStrategyNameSchema } from './clusters';
import { ONBOARDING_FEATURES, ONBOARDING_FORMATS } from './values';

/** @public */
export const onboardingFormatSchema = oneOf(ONBOARDING_FORMATS).meta({
  id: 'OnboardingFormat',
});

/** @public */
export type OnboardingFormat = z.infer<typeof onboardingFormatSchema>;

/**
 * An optional part of the onboarding manifest.
 *
 * @public
 */
export type OnboardingFeature = (typeof ONBOARDING_FEATURES)[number];

/** @public */
export const onboardingQuerySchema = z.strictObject({
  format: onboardingFormatSchema,
  admissionPolicy: oneOf(['auto', 'true', 'false'])
    .describe('`auto` by default.')
    .optional(),
  features: words(ONBOARDING_FEATURES)
    .describe(
      'The optional parts of the manifest, with commas between them, such as `pack`.',
    )
    .optional(),
  version: z
    .string()
    .regex(
      /^v?\d{1,3}\.\d{1,3}/,
      'must be a version of Kubernetes such as 1.33',
    )
    .describe('Version of Kubernetes, if the cluster does not report it.')
    .optional(),
});

/** @public */
export const onboardingLanguageSchema = oneOf([
  'yaml',
  'json',
  'shell',
  'text',
]).meta({ id: 'OnboardingLanguage' });

/** @public */
export type OnboardingLanguage = z.infer<typeof onboardingLanguageSchema>;

/** @public */
export const onboardingStepSchema = z
  .object({
    title: z.string(),
    why: z.string().describe('The reason for the step, in one line.'),
    language: onboardingLanguageSchema,
    filename: z
      .string()
      .describe('The file name for `text`, if it is a file.')
      .optional(),
    text: z
      .string()
      .describe('The text to save, run or read, made for the cluster.'),
    part: z
      .literal('manifest')
      .describe(
        'Set on the steps that apply the manifest, which every guide has once.',
      )
      .optional(),
  })
  .meta({ id: 'OnboardingStep', description: 'One step of a guide.' });

/** @public */
export type OnboardingStep = z.infer<typeof onboardingStepSchema>;

/** @public */
export const onboardingGuideSchema = z
  .object({
    format: onboardingFormatSchema,
    title: z.string().describe('Such as `Amazon EKS`.'),
    steps: z.array(onboardingStepSchema),
    connection: connectionStrategyNameSchema
      .describe(
        "The connection strategy that the guide is for. Where the cluster has another one, the guide's notes say when to change it. Absent from the guide `manifest`, which is for the connection that the cluster has.",
      )
      .optional(),
    version: z
      .string()
      .describe(
        "The API server's `gitVersion`, as far as the portal could read it.",
      )
      .optional(),
    notes: z
      .array(z.string())
      .describe(
        'What to know first: limits of the distribution, and settings of this cluster that do not fit.',
      ),
  })
  .meta({
    id: 'OnboardingGuide',
    description:
      'The steps that connect one cluster to the portal, for one distribution.',
  });

/** @public */
export type OnboardingGuide = z.infer<typeof onboardingGuideSchema>;

export * from '../../validation/parseBody';

import { App } from 'aws-cdk-lib';
import { StockStack } from './stock-stack';

/*
 * Where it starts: plain aws-eks-v2. See docs/migration.md; `adopt.ts` is the first deployment of the migration, `app.ts` the second.
 */
new StockStack(new App({ context: { '@aws-cdk/aws-eks:useNativeOidcProvider': true } }), 'Shop');

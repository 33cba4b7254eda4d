import { setTimeout as sleep } from 'timers/promises';
import { Strict } from './addons-strict';
import { withControlPlane } from './with-control-plane';
import * as charts from '../../src/charts';
import { render } from '../charts/render';

const plane = withControlPlane();

test('the claim of a bucket is bound to its volume, and to no other', async () => {
  const objects = render(chart => new charts.S3Volume(chart, 'Images', { name: 'images', bucketName: 'images' }), { namespace: 'default' });
  const strict = new Strict(plane());
  for (const object of objects) {
    expect(await strict.refusal(object, { keep: true })).toBeUndefined();
  }
  for (let attempt = 1; attempt <= 30; attempt++) {
    const { body } = await plane().request('GET', '/api/v1/namespaces/default/persistentvolumeclaims/images');
    if (body.status.phase === 'Bound') {
      expect(body.spec.volumeName).toBe('default-images');
      return;
    }
    await sleep(1000);
  }
  throw new Error('the claim was not bound');
});

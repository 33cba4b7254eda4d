import { mergeValues } from '../private/merge-values';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/** What the managed scraper collects unless it is told otherwise. It speaks to nodes through the API server, which it reaches anyway. */
export function ampScrapeConfiguration(cluster: string, own?: { [key: string]: any }): any {
  const throughApiServer = { scheme: 'https', tls_config: { ca_file: CA }, bearer_token_file: TOKEN };
  const node = (path: string) => ({
    ...throughApiServer,
    kubernetes_sd_configs: [{ role: 'node' }],
    relabel_configs: [
      { action: 'labelmap', regex: '__meta_kubernetes_node_label_(.+)' },
      { target_label: '__address__', replacement: 'kubernetes.default.svc:443' },
      { source_labels: ['__meta_kubernetes_node_name'], target_label: '__metrics_path__', replacement: `/api/v1/nodes/$1/proxy/metrics${path}` },
    ],
  });
  const podAnnotation = (name: string) => [`__meta_kubernetes_pod_annotation_prometheus_io_${name}`];
  return mergeValues({
    global: { scrape_interval: '60s', external_labels: { cluster } },
    scrape_configs: [
      { job_name: 'kubernetes-nodes', ...node('') },
      { job_name: 'kubernetes-cadvisor', ...node('/cadvisor') },
      {
        job_name: 'kubernetes-apiservers',
        ...throughApiServer,
        kubernetes_sd_configs: [{ role: 'endpoints' }],
        relabel_configs: [{
          action: 'keep',
          source_labels: ['__meta_kubernetes_namespace', '__meta_kubernetes_service_name', '__meta_kubernetes_endpoint_port_name'],
          regex: 'default;kubernetes;https',
        }],
      },
      {
        job_name: 'kubernetes-pods',
        kubernetes_sd_configs: [{ role: 'pod' }],
        relabel_configs: [
          { action: 'keep', source_labels: podAnnotation('scrape'), regex: 'true' },
          { action: 'replace', source_labels: podAnnotation('scheme'), target_label: '__scheme__', regex: '(https?)' },
          { action: 'replace', source_labels: podAnnotation('path'), target_label: '__metrics_path__', regex: '(.+)' },
          {
            action: 'replace',
            source_labels: ['__address__', ...podAnnotation('port')],
            target_label: '__address__',
            regex: '(.+?)(?::\\d+)?;(\\d+)',
            replacement: '$1:$2',
          },
          { action: 'replace', source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
          { action: 'replace', source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
        ],
      },
    ],
  }, own);
}

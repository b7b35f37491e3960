export const id = 647;
export const ids = [647];
export const modules = {

/***/ 63647:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  init: () => (/* binding */ init)
});

// EXTERNAL MODULE: ./src/config/request.ts + 5 modules
var config_request = __webpack_require__(84770);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
;// CONCATENATED MODULE: ./src/report/init.ts

const SCHEMA = 'https://raw.githubusercontent.com/org/smart-image-build/v1/schema.json';
/**
 * A configuration that says what was found. Compose and bake files are named, not copied: they stay the place where
 * their images are changed, and no value of a variable gets into a file.
 */
function configurationText(found) {
    const { services, from, registry } = found;
    const lines = [
        `# yaml-language-server: $schema=${SCHEMA}`,
        '# Where images go that name no registry of their own.',
        registry === undefined ? '# registry: ghcr.io/acme' : `registry: ${scalar(registry)}`,
        '# What every image says unless it says otherwise.',
        '# defaults:',
        '#   platforms: [linux/amd64, linux/arm64]',
        ...(from.length > 0 ? fromLines(found) : ['services:', ...services.flatMap(serviceLines)]),
    ];
    return `${lines.join('\n')}\n`;
}
function fromLines({ from, services }) {
    return [
        '# Read by `docker buildx bake --print`; what `services:` says of an image of the same name counts, key by key.',
        `from: [${from.map(scalar).join(', ')}]`,
        '# services:',
        ...services.flatMap(({ name, file, image }) => [
            `#   ${scalar(name)}: # ${file}, pushed to ${(0,service/* fullName */.f)(image)}`.replaceAll(/\p{Cc}/gu, '\uFFFD'),
        ]),
    ];
}
/** One that looks like a drive of Windows, such as `a:`, would be taken for one. */
function pathText(path) {
    return scalar(/^[a-z]:/i.test(path) ? `./${path}` : path);
}
function serviceLines({ name, context, file }) {
    const folder = context === '' ? '.' : context;
    const usual = context === '' ? 'Dockerfile' : `${context}/Dockerfile`;
    return [
        `  ${scalar(name)}:`,
        `    context: ${pathText(folder)}`,
        ...(file === usual ? [] : [`    file: ${pathText(file)}`]),
    ];
}
/** In quotes where YAML would take the text for something else; a JSON string is a YAML string. */
function scalar(text) {
    const isPlain = /^(?:\.|[a-z][\w./-]*)$/i.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
    return isPlain ? text : JSON.stringify(text);
}
/** A workflow of one job that builds and pushes; a pull request pushes nothing. */
function workflowText({ branch, registry }) {
    const host = registry?.split('/')[0] ?? 'ghcr.io';
    const isGitHub = host === 'ghcr.io';
    const [username, password] = isGitHub
        ? ['${{ github.actor }}', '${{ github.token }}']
        : ['${{ secrets.REGISTRY_USERNAME }}', '${{ secrets.REGISTRY_PASSWORD }}'];
    return `name: images

on:
  push:
    branches: [${scalar(branch)}]
  pull_request:

permissions: {}

concurrency:
  group: images-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  images:
    runs-on: ubuntu-24.04
    permissions:
      contents: read${isGitHub ? '\n      packages: write' : ''}
      pull-requests: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0
      - uses: docker/login-action@dbcb813823bdd20940b903addbd779551569679f # v4.6.0
        if: github.event_name != 'pull_request'
        with:
          registry: ${scalar(host)}
          username: ${username}
          password: ${password}
      - uses: org/smart-image-build@v1
        with:
          push: \${{ github.event_name != 'pull_request' }}
${registry === undefined ? '          registry: ghcr.io/${{ github.repository }}\n' : ''}`;
}

// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(38929);
// EXTERNAL MODULE: ./src/pipeline/load.ts + 2 modules
var load = __webpack_require__(8598);
;// CONCATENATED MODULE: ./src/pipeline/init.ts





const WORKFLOW_PATH = '.github/workflows/images.yml';
/** Writes down as a configuration what a run without one finds. Returns the process's exit code. */
async function init(job, ports, { workflow, stdout }) {
    const written = await textsOf(job, ports, workflow);
    if (!written.ok)
        return (0,pipeline_job/* fail */.fJ)(written.failures, ports);
    const texts = written.value;
    if (stdout) {
        ports.host.result(() => [...texts]
            .map(([path, text]) => `# ${path}\n${text}`)
            .join('---\n')
            .trimEnd()
            .split('\n'));
        return 0;
    }
    const created = await ports.files.create(texts);
    if (!created.ok)
        return (0,pipeline_job/* fail */.fJ)(created.failures, ports);
    ports.host.result(() => [...texts.keys()].map((path) => `wrote ${path}`));
    return 0;
}
async function textsOf(job, ports, workflow) {
    const request = (0,config_request/* parseRequest */.T)(job.inputs, job.defaults);
    if (!request.ok)
        return request;
    const run = {
        ...{ job, ports, request: request.value, notices: [] },
        withDisk: await (0,pipeline_job/* countsDisk */.uS)(request.value, ports.git),
    };
    const existing = await (0,load/* readConfig */.Xg)(run);
    if (!existing.ok)
        return existing;
    const branch = job.context.defaultBranch ?? (ports.git.branch === 'master' ? 'master' : 'main');
    if (existing.value !== undefined && workflow)
        return workflowFor(run, branch);
    if (existing.value !== undefined) {
        const message = `${existing.value.path} is there already; remove it to have it written anew`;
        return (0,failure/* failed */.gz)({ kind: 'usage', message });
    }
    const loaded = await (0,load/* loadServices */.rZ)(run, undefined);
    if (!loaded.ok)
        return loaded;
    const defined = await (0,load/* definitionFile */.yN)(run);
    if (!defined.ok)
        return defined;
    const { services } = loaded.value;
    // Only what stands in such a file has a place.
    const from = services.some(({ place }) => place) ? (defined.value?.found ?? []) : [];
    const registry = request.value.registry === undefined ? {} : { registry: request.value.registry };
    const [path = ''] = load/* CONFIG_PATHS */.iE;
    const config = [path, configurationText({ services, from, ...registry })];
    return (0,failure.ok)(new Map(workflow ? [config, [WORKFLOW_PATH, workflowText({ branch, ...registry })]] : [config]));
}
/** The workflow alone, where there is a configuration already. */
async function workflowFor(run, branch) {
    const loaded = await (0,load/* loadServices */.rZ)(run, undefined);
    if (!loaded.ok)
        return loaded;
    const registries = loaded.value.services.map(({ image }) => image.registry);
    const [registry] = registries.includes(undefined) ? [] : registries;
    return (0,failure.ok)(new Map([[WORKFLOW_PATH, workflowText({ branch, ...(registry !== undefined && { registry }) })]]));
}


/***/ })

};

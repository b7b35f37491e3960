export const id = 780;
export const ids = [780];
export const modules = {

/***/ 84780:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cli: () => (/* binding */ cli)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./src/adapters/file-store.ts
var file_store = __webpack_require__(52160);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(42891);
;// CONCATENATED MODULE: ./src/adapters/folder-files.ts



/** New files in a folder of the disk. */
class FolderFiles {
    root;
    constructor(root) {
        this.root = root;
    }
    async create(texts) {
        const failures = [];
        for (const path of texts.keys()) {
            const isThere = await (0,promises_.access)((0,external_node_path_.join)(this.root, path)).then(() => true, () => false);
            if (isThere)
                failures.push(thereAlready(path));
        }
        if (failures.length > 0)
            return (0,failure/* unless */.NJ)(failures, undefined);
        for (const [path, text] of texts) {
            try {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)((0,external_node_path_.join)(this.root, path)), { recursive: true });
                await (0,promises_.writeFile)((0,external_node_path_.join)(this.root, path), text, { flag: 'wx' });
            }
            catch (error) {
                const { code, message } = error;
                if (code === undefined)
                    throw error;
                return (0,failure/* failed */.gz)({ kind: 'usage', message: `${path} cannot be written: ${message}` });
            }
        }
        return (0,failure.ok)(undefined);
    }
}
function thereAlready(path) {
    return { kind: 'usage', message: `${path} is there already; nothing was written` };
}

;// CONCATENATED MODULE: ./src/adapters/folder-kept.ts




const DAY_MS = 24 * 60 * 60 * 1000;
/** Names that `FileStore` and `FolderLayouts` give; with a number behind, the draft of a process that may be gone. */
const STATE = /^state-[0-9a-f]{16}$/;
const TEXT_DRAFT = /^(?:state-[0-9a-f]{16}|memo)\.\d+$/;
const LAYOUT = /^\d{15}-([0-9a-f]{64})$/;
const LAYOUT_DRAFT = /^\d{15}-.*\.draft$/;
const FOLDERS = { layouts: 'layout', layers: 'layers' };
/** The folder in a git directory that all commands of a terminal share. */
class FolderKept {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    texts() {
        return orFailure(async () => {
            const names = (await namesIn(this.folder)).filter((name) => STATE.test(name));
            return Promise.all(names.map(async (name) => {
                const text = await (0,promises_.readFile)((0,external_node_path_.join)(this.folder, name), 'utf8');
                return { path: name, bytes: Buffer.byteLength(text), text };
            }));
        });
    }
    layouts(images) {
        const byKey = new Map(images.map((image) => [keyOf(image), image]));
        return orFailure(async () => {
            const kept = [];
            for (const [folder, key, name] of await this.#inLayouts()) {
                const fingerprint = LAYOUT.exec(name)?.[1];
                if (fingerprint === undefined)
                    continue;
                const path = (0,external_node_path_.join)(folder, key, name);
                const image = byKey.get(key);
                const bytes = await sizeOf((0,external_node_path_.join)(this.folder, path));
                kept.push({ path, bytes, kind: FOLDERS[folder], fingerprint, ...(image !== undefined && { image }) });
            }
            return kept;
        });
    }
    drafts() {
        return orFailure(async () => {
            const texts = (await namesIn(this.folder)).filter((name) => TEXT_DRAFT.test(name));
            const layouts = (await this.#inLayouts()).filter(([, , name]) => LAYOUT_DRAFT.test(name));
            const drafts = [];
            for (const path of [...texts, ...layouts.map((parts) => (0,external_node_path_.join)(...parts))]) {
                const { mtimeMs } = await (0,promises_.stat)((0,external_node_path_.join)(this.folder, path));
                if (mtimeMs < Date.now() - DAY_MS)
                    drafts.push({ path, bytes: await sizeOf((0,external_node_path_.join)(this.folder, path)), reason: 'draft' });
            }
            return drafts;
        });
    }
    remove(paths) {
        return orFailure(async () => {
            for (const path of paths)
                await (0,promises_.rm)((0,external_node_path_.join)(this.folder, path), { recursive: true, force: true });
        });
    }
    /** Folder, image's folder in it, and name, of each image's the last in the order of their times first. */
    async #inLayouts() {
        const found = [];
        for (const folder of ['layouts', 'layers'])
            for (const key of await namesIn((0,external_node_path_.join)(this.folder, folder)))
                for (const name of (await namesIn((0,external_node_path_.join)(this.folder, folder, key))).reverse())
                    found.push([folder, key, name]);
        return found;
    }
}
/** As `FolderLayouts` names the folder of an image. */
function keyOf(image) {
    return (0,external_node_crypto_.createHash)('sha256').update(image, 'utf8').digest('hex').slice(0, 16);
}
/** None in a folder that is not there. */
async function namesIn(folder) {
    const names = await (0,promises_.readdir)(folder).catch((error) => {
        if (['ENOENT', 'ENOTDIR'].includes(error.code ?? ''))
            return [];
        throw error;
    });
    return names.sort();
}
async function sizeOf(path) {
    const stats = await (0,promises_.stat)(path);
    if (!stats.isDirectory())
        return stats.size;
    const sizes = await Promise.all((await (0,promises_.readdir)(path)).map((name) => sizeOf((0,external_node_path_.join)(path, name))));
    return sizes.reduce((sum, size) => sum + size, 0);
}
/** What goes away meanwhile, or may not be read, is a failure: whoever asks again sees what is there then. */
async function orFailure(work) {
    try {
        return (0,failure.ok)(await work());
    }
    catch (error) {
        const { code, message } = error;
        if (code === undefined)
            throw error;
        return (0,failure/* failed */.gz)({ kind: 'environment-missing', message: `what is kept cannot be tidied up: ${message}` });
    }
}

// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
// EXTERNAL MODULE: ./src/adapters/oci-layout.ts
var oci_layout = __webpack_require__(95696);
;// CONCATENATED MODULE: ./src/adapters/folder-layouts.ts






/** How many layouts of one image are kept unless told otherwise: those of the branches that are being worked on. */
const KEPT = 3;
/** What a build that was killed has written is removed when no build can still be writing it. */
const DRAFT_LIFE_MS = 24 * 60 * 60 * 1000;
/** `<time>-<fingerprint>`, or `<time>-<random>.draft` while it is being built; the time has as many digits in each. */
const KEPT_NAME = /^\d{15}-([0-9a-f]{64})$/;
const DRAFT_NAME = /^(\d{15})-.*\.draft$/;
/**
 * Keeps layouts in a folder of this machine. What is kept is never replaced, as another run may be reading it: what is
 * built anew comes beside it, and goes before it.
 */
class FolderLayouts {
    folder;
    most;
    #problems = [];
    constructor(folder, most = KEPT) {
        this.folder = folder;
        this.most = most;
    }
    async has(name) {
        return (await this.#kept(name)).length > 0;
    }
    async fetch(name) {
        for (const folder of await this.#kept(name)) {
            const layout = await (0,oci_layout/* wholeLayout */.y5)(folder);
            if (layout !== undefined)
                return layout;
        }
        return undefined;
    }
    place({ image }) {
        return (0,external_node_path_.join)(this.#folderOf(image), `${stamp()}-${(0,external_node_crypto_.randomUUID)()}.draft`);
    }
    async keep({ image, fingerprint }, place) {
        const written = await (0,oci_layout/* writtenLayout */.gk)(place);
        if (!written.ok)
            return written;
        const folder = (0,external_node_path_.join)(this.#folderOf(image), `${stamp()}-${fingerprint}`);
        try {
            await (0,promises_.rename)(place, folder);
        }
        catch (error) {
            this.#note(error);
            return written;
        }
        await this.#removeOld(image).catch((error) => {
            this.#note(error);
        });
        return (0,failure.ok)({ ...written.value, folder });
    }
    problems() {
        const problems = this.#problems;
        this.#problems = [];
        return Promise.resolve(problems);
    }
    #note(error) {
        this.#problems.push(error.message);
    }
    /** The newest first. */
    async #kept({ image, fingerprint }) {
        const folder = this.#folderOf(image);
        const names = (await folder_layouts_namesIn(folder)).filter((name) => KEPT_NAME.exec(name)?.[1] === fingerprint);
        return names.map((name) => (0,external_node_path_.join)(folder, name));
    }
    async #removeOld(image) {
        const folder = this.#folderOf(image);
        const names = await folder_layouts_namesIn(folder);
        const kept = names.filter((name) => KEPT_NAME.test(name));
        const isDead = (name) => Number(DRAFT_NAME.exec(name)?.[1]) < Date.now() - DRAFT_LIFE_MS;
        const old = [...kept.slice(this.most), ...names.filter(isDead)];
        await Promise.all(old.map((name) => (0,promises_.rm)((0,external_node_path_.join)(folder, name), { recursive: true, force: true })));
    }
    #folderOf(image) {
        return (0,external_node_path_.join)(this.folder, (0,external_node_crypto_.createHash)('sha256').update((0,service/* fullName */.f)(image), 'utf8').digest('hex').slice(0, 16));
    }
}
/** The last in the order of their times first; none in a folder that is not there or cannot be read. */
async function folder_layouts_namesIn(folder) {
    const names = await (0,promises_.readdir)(folder).catch(() => []);
    return names.sort().reverse();
}
function stamp() {
    return String(Date.now()).padStart(15, '0');
}

// EXTERNAL MODULE: ./src/adapters/layout-layers.ts
var layout_layers = __webpack_require__(71535);
;// CONCATENATED MODULE: ./src/adapters/folder-layers.ts


/** Stands for every content: an image has one folder, whatever was built. */
const ANY = '0'.repeat(64);
/** Keeps the layers of each image's last build in a folder of this machine, which never holds those of an earlier one. */
class FolderLayers extends layout_layers/* LayoutLayers */.V {
    constructor(folder) {
        const open = { access: () => Promise.resolve({ kind: 'open', canWrite: true }) };
        super(new FolderLayouts(folder, 1), open, ({ image }) => ({ image, fingerprint: ANY }));
    }
}

// EXTERNAL MODULE: ./src/adapters/git-run.ts
var git_run = __webpack_require__(88640);
;// CONCATENATED MODULE: ./src/adapters/git-heads.ts


/** Asks the git of the machine about the repository around a folder. */
class GitHeadsCli {
    folder;
    environment;
    constructor(folder, environment) {
        this.folder = folder;
        this.environment = environment;
    }
    async heads() {
        const branches = await this.#lines('\n', ['for-each-ref', '--format=%(refname)', 'refs/heads']);
        if (!branches.ok)
            return branches;
        const trees = await this.#lines('\0', ['worktree', 'list', '--porcelain', '-z']);
        if (!trees.ok)
            return trees;
        // A work tree's branch may have no commit yet, and so not be among the branches.
        const ofTrees = trees.value.flatMap((line) => /^(?:HEAD|branch) (.*)$/s.exec(line)?.[1] ?? []);
        return (0,failure.ok)([...branches.value, ...ofTrees]);
    }
    async #lines(separator, args) {
        const end = await (0,git_run/* git */.$)(this.folder, { environment: this.environment }, args);
        if (end.kind === 'exited' && end.exitCode === 0)
            return (0,failure.ok)(end.stdout.toString('utf8').split(separator).filter(Boolean));
        const why = end.kind === 'missing' ? 'git is missing' : end.stderr.trim();
        return (0,failure/* failed */.gz)({ kind: 'git-failed', message: `git cannot list branches and work trees: ${why}` });
    }
}

// EXTERNAL MODULE: ./src/adapters/git-open.ts + 11 modules
var git_open = __webpack_require__(37774);
// EXTERNAL MODULE: ./src/adapters/interruption.ts
var interruption = __webpack_require__(99289);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./src/adapters/docker-engine.ts
var docker_engine = __webpack_require__(52857);
// EXTERNAL MODULE: ./src/adapters/process.ts
var adapters_process = __webpack_require__(61169);
;// CONCATENATED MODULE: ./src/adapters/kind-clusters.ts







/** Label that kind gives the containers that are nodes (its `pkg/cluster/internal/providers/docker/constants.go`). */
const CLUSTER = 'io.x-k8s.kind.cluster';
/** The program `kind` where there is one; else what it does for one image: containerd in each node imports an archive. */
class DockerKindClusters {
    environment;
    constructor(environment) {
        this.environment = environment;
    }
    async load(cluster, references, signal) {
        const args = ['load', 'docker-image', ...references, '--name', cluster];
        const end = await (0,adapters_process/* run */.e)('kind', args, { env: this.environment, signal });
        if (end.kind === 'missing')
            return this.#import(cluster, references, signal);
        if (end.kind === 'exited' && end.exitCode === 0)
            return (0,failure.ok)(undefined);
        return (0,failure/* failed */.gz)({ kind: 'engine-failed', message: `kind load docker-image failed: ${end.stderr.trim()}` });
    }
    async #import(cluster, references, signal) {
        const nodes = await this.#nodes(cluster);
        if (!nodes.ok)
            return nodes;
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'smart-image-build-kind-'));
        try {
            const archive = (0,external_node_path_.join)(folder, 'images.tar');
            const saved = await this.#docker(['image', 'save', '--output', archive, ...references], { signal });
            if (!isDone(saved))
                return (0,failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('image save', saved));
            for (const node of nodes.value) {
                // Kubernetes looks for images in this namespace of containerd.
                const imports = ['ctr', '--namespace=k8s.io', 'images', 'import', '-'];
                const input = (0,external_node_fs_.createReadStream)(archive);
                const end = await this.#docker(['exec', '--interactive', node, ...imports], { signal, input });
                if (!isDone(end))
                    return (0,failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)(`exec in the node ${node}`, end));
            }
            return (0,failure.ok)(undefined);
        }
        finally {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    async #nodes(cluster) {
        const filter = ['--filter', `label=${CLUSTER}=${cluster}`];
        const end = await this.#docker(['container', 'ls', '--format', '{{.Names}}', ...filter], {});
        if (!isDone(end))
            return (0,failure/* failed */.gz)((0,docker_engine/* failureOf */.g5)('container ls', end));
        const nodes = end.stdout.toString('utf8').split('\n').filter(Boolean).sort();
        if (nodes.length > 0)
            return (0,failure.ok)(nodes);
        const message = `there is no kind cluster \`${cluster}\` in this Docker; \`kind get clusters\` lists those that there are`;
        return (0,failure/* failed */.gz)({ kind: 'usage', message });
    }
    #docker(args, options) {
        return (0,adapters_process/* run */.e)('docker', args, { env: this.environment, ...options });
    }
}
function isDone(end) {
    return end.kind === 'exited' && end.exitCode === 0;
}

// EXTERNAL MODULE: ./src/adapters/machine.ts + 27 modules
var machine = __webpack_require__(32005);
// EXTERNAL MODULE: ./src/adapters/parallel.ts
var parallel = __webpack_require__(93221);
;// CONCATENATED MODULE: ./src/adapters/no-layer-service.ts
/** Stands for the Actions cache where there is none. */
const NO_LAYER_SERVICE = {
    access: () => Promise.resolve({
        kind: 'closed',
        problem: 'a terminal has no Actions cache; `local` keeps layers on this machine, `registry` beside the images',
    }),
};

;// CONCATENATED MODULE: ./src/adapters/no-run-artifacts.ts

const PROBLEM = 'only a run of GitHub Actions has artifacts';
/** Stands for the artifacts of a run where there is none. */
const NO_RUN_ARTIFACTS = {
    upload: () => Promise.resolve((0,failure/* failed */.gz)({ kind: 'artifact-failed', message: PROBLEM })),
    keep: () => Promise.resolve(PROBLEM),
    read: () => Promise.resolve({ texts: new Map(), problems: [PROBLEM] }),
};

;// CONCATENATED MODULE: ./src/adapters/terminal-flags.ts
/** `id=ID,env=VARIABLE` or `id=ID,src=PATH`, as for `docker build --secret`; `undefined` for anything else. */
function secretFlag(text) {
    const fields = new Map(text.split(',').map((field) => {
        const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(field) ?? [];
        return [name, value];
    }));
    const [id, variable, path] = [
        fields.get('id'),
        fields.get('env'),
        fields.get('src') ?? fields.get('source'),
    ];
    if (!id || (variable ? path : !path))
        return undefined;
    return variable
        ? { input: 'secret-envs', entry: `${id}=${variable}` }
        : { input: 'secret-files', entry: `${id}=${path ?? ''}` };
}
/** The flags by the names of the action's inputs; each command is given those that mean something to it. */
function inputsOf(command, { services, flags }) {
    const shared = {
        config: flags.config,
        services: services.join('\n'),
        registry: flags.registry,
        'inputs-from': flags.inputsFrom,
    };
    switch (command) {
        case 'plan':
        case 'explain':
        case 'init':
            return { mode: 'plan', ...shared, ...deciding(flags), load: terminal_flags_text(flags.load) };
        case 'build':
            return { mode: 'build', ...shared, ...deciding(flags), ...howToBuild(flags) };
        case 'verify':
            return {
                ...{ mode: 'verify', ...shared },
                url: flags.url?.join('\n'),
                'compose-project': flags.composeProject,
            };
        case 'load':
            return { mode: 'plan', ...shared, load: 'true', 'local-only': terminal_flags_text(flags.localOnly) };
        case 'prune':
            return { mode: 'plan', ...shared };
        case 'promote':
            return { mode: 'promote', ...shared, from: flags.from, wait: flags.wait, tags: flags.tag?.join('\n') };
    }
}
function deciding(flags) {
    return {
        force: flags.force,
        push: terminal_flags_text(flags.push),
        'base-ref': flags.baseRef,
        'changed-since': flags.changedSince,
        detect: flags.detect,
        'local-only': terminal_flags_text(flags.localOnly),
        'exit-code': terminal_flags_text(flags.exitCode),
        advise: terminal_flags_text(flags.advise),
    };
}
function howToBuild(flags) {
    const tags = flags.tag ?? (flags.push ? [] : ['latest']);
    return {
        load: terminal_flags_text(flags.load ?? !flags.push),
        tags: tags.join('\n'),
        'max-parallel': flags.maxParallel,
        'fail-fast': terminal_flags_text(flags.failFast),
        'no-cache': terminal_flags_text(flags.cache === false),
        pull: terminal_flags_text(flags.pull),
        builder: flags.builder,
        'allow-dirty': terminal_flags_text(flags.allowDirty),
        'layer-cache': flags.layerCache,
        'layer-cache-mode': flags.layerCacheMode,
        'layer-cache-write': flags.layerCacheWrite,
        'secret-envs': secrets('secret-envs', flags),
        'secret-files': secrets('secret-files', flags),
        'dry-run': terminal_flags_text(flags.dryRun ?? flags.checkOnly),
        cleanup: flags.cleanup ? 'dangling' : undefined,
    };
}
function secrets(input, { secret = [] }) {
    return secret.flatMap((one) => (one.input === input ? [one.entry] : [])).join('\n');
}
function terminal_flags_text(flag) {
    return String(flag ?? false);
}

;// CONCATENATED MODULE: ./src/adapters/terminal-color.ts
/**
 * Whether text for people is coloured. `FORCE_COLOR` (force-color.org; `0` and `false` turn colours off, as for Node) decides
 * before `NO_COLOR` (no-color.org), and both before what is known of the terminal; an empty one says nothing.
 */
function wantsColor(environment, isTerminal) {
    const force = environment['FORCE_COLOR'] ?? '';
    if (force !== '')
        return force !== '0' && force !== 'false';
    if ((environment['NO_COLOR'] ?? '') !== '')
        return false;
    return isTerminal && environment['TERM'] !== 'dumb';
}

// EXTERNAL MODULE: ./src/adapters/harmless.ts
var harmless = __webpack_require__(32269);
// EXTERNAL MODULE: ./src/model/text-width.ts
var text_width = __webpack_require__(68787);
;// CONCATENATED MODULE: ./src/adapters/live-region.ts


const TICK_MS = 200;
/** ECMA-48: to the start of the line so many lines above, then clear all below. */
const upAndClear = (rows) => `\u001b[${rows}F\u001b[J`;
/** What is too wide all the same is cut by the terminal, which alone knows how wide characters are (DEC private mode 7). */
const [NO_WRAP, WRAP] = ['\u001b[?7l', '\u001b[?7h'];
/** The last lines of a terminal, which are drawn again as they change; what is written meanwhile goes above them. */
class LiveRegion {
    #stream;
    #lines;
    #drawn = [];
    #timer;
    constructor(stream) {
        this.#stream = stream;
    }
    show(lines) {
        this.#lines = lines;
        clearInterval(this.#timer);
        if (lines !== undefined) {
            this.#timer = setInterval(() => {
                this.#draw();
            }, TICK_MS).unref();
        }
        this.#draw();
    }
    /** Text that stays; with its line end. */
    write(text) {
        this.#stream.write(this.#erasure() + text);
        this.#drawn = [];
        this.#draw();
    }
    #draw() {
        const lines = this.#fitting(this.#lines?.() ?? []);
        if (lines.join('\n') === this.#drawn.join('\n'))
            return;
        const text = lines.length === 0 ? '' : `${NO_WRAP}${lines.join('\n')}\n${WRAP}`;
        this.#stream.write(this.#erasure() + text);
        this.#drawn = lines;
    }
    /** Never as many as the terminal has rows: what has scrolled away cannot be cleared. */
    #fitting(lines) {
        const { columns = 80, rows = 24 } = this.#stream;
        const most = Math.max(1, rows - 2);
        const shown = lines.length <= most
            ? lines
            : [...lines.slice(0, most - 1), `… and ${lines.length - most + 1} more builds`];
        return shown.map((line) => (0,text_width/* headOfWidth */.cw)((0,harmless/* forTerminal */.Q)(line), columns - 1));
    }
    /** A terminal that became narrower since has broken lines in two. */
    #erasure() {
        const { columns = 80 } = this.#stream;
        const rows = this.#drawn.map((line) => Math.max(1, Math.ceil((0,text_width/* textWidth */.sc)(line) / columns)));
        return rows.length === 0 ? '' : upAndClear(rows.reduce((sum, one) => sum + one, 0));
    }
}

;// CONCATENATED MODULE: ./src/adapters/terminal-host.ts


/** Shows a run at a terminal: the result on standard output, everything else on standard error. */
class TerminalHost {
    takesOutputs = false;
    progressStyle;
    #region;
    streams;
    options;
    constructor(streams, options) {
        this.streams = streams;
        this.options = options;
        this.progressStyle = options.live && !options.quiet && !options.verbose ? 'live' : 'lines';
        this.#region = new LiveRegion(streams.error);
    }
    live(lines) {
        if (this.progressStyle === 'live')
            this.#region.show(lines);
    }
    progress(line) {
        if (!this.options.quiet)
            this.#region.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    detail(line) {
        if (this.options.verbose)
            this.progress(line);
    }
    group(title, lines) {
        this.progress(title);
        for (const line of lines)
            this.progress(`  ${line}`);
    }
    result(lines) {
        if (this.options.json || this.options.quiet)
            return;
        for (const line of lines())
            this.streams.out.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    document(value) {
        if (this.options.json)
            this.streams.out.write(`${JSON.stringify(value())}\n`);
    }
    notice(notice) {
        this.progress(`notice: ${located(notice.message, notice.place)}`);
    }
    failure(failure) {
        const place = 'place' in failure ? failure.place : undefined;
        if (failure.kind === 'build-failed' && !this.#hasShownLogs())
            this.#errors('log:', failure.log);
        this.#region.write(`${(0,harmless/* forTerminal */.Q)(`error: ${located(failure.message, place)}`)}\n`);
    }
    #hasShownLogs() {
        return this.options.verbose && !this.options.quiet;
    }
    /** A log is part of its failure, so it is shown even where progress is not. */
    #errors(title, lines) {
        for (const line of [title, ...lines.map((one) => `  ${one}`)])
            this.#region.write(`${(0,harmless/* forTerminal */.Q)(line)}\n`);
    }
    mask() {
        // Nothing reads a terminal but who sits before it.
    }
    output() {
        // A terminal has the document in its place.
    }
    async outputFile() {
        // So it is with files.
    }
    async summary() {
        // A terminal has the result in its place.
    }
}
function located(message, place) {
    return place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`;
}

;// CONCATENATED MODULE: ./src/adapters/terminal-options.ts


/** What every command takes that looks at a repository. */
function common(command) {
    return command
        .option('--config <file>', 'configuration (default: .github/smart-image-build.yml, smart-image-build.yml)')
        .option('--cwd <folder>', 'folder that plays the repository root (default: the top of the repository)')
        .option('--registry <prefix>', 'registry prefix, such as ghcr.io/acme')
        .option('--inputs-from <where>', 'whose files count: auto (default), commit or worktree')
        .option('--json', 'print one JSON document on standard output')
        .option('--quiet', 'print only failures');
}
/** What a decision depends on. */
function shared(command) {
    return several(common(command))
        .option('--force [list]', 'rebuild all, `bases`, or a comma separated list of images')
        .option('--push', 'images must be in the registry')
        .option('--load', 'images must be in this Docker')
        .option('--local-only', 'ask no registry')
        .option('--base-ref <commit>', 'commit that changes are explained against')
        .option('--changed-since <tag>', 'changed is what this registry tag does not point at (default: the record)')
        .option('--detect <how>', 'what tells a change: content (default), or commits, the commit range alone')
        .option('--verbose', "print the output of every build's steps");
}
/** The document of `--json` has the relations already. */
function graphOption() {
    return new esm/* Option */.c$('--graph [form]', 'draw what is built from what: text (a tree, the default) or mermaid')
        .choices(['text', 'mermaid'])
        .conflicts('json');
}
function several(command) {
    return command.argument('[services...]', 'names or globs; all services when none is given');
}
/** What a promotion takes, besides what every command does. */
function promoting(command) {
    return several(command)
        .requiredOption('--tag <tag>', 'tag that is to point at the image, repeatable', repeated)
        .option('--from <image>', 'a tag, or the digest of one service (default: the image of this commit)')
        .option('--wait <duration>', 'wait so long for images that are being built elsewhere, such as 10m');
}
/** What a verification takes, besides what every command does. */
function verifying(command) {
    return several(command)
        .option('--url <address>', 'ask [SERVICE=]https://…/build/info in place of Docker, repeatable', repeated)
        .option('--compose-project <name>', 'look at the containers of this Compose project alone');
}
/** What loading into a kind cluster takes, besides what every command does. */
function intoKind(command) {
    return several(command)
        .requiredOption('--kind <cluster>', 'name of the cluster')
        .option('--tag <tag>', 'tags of the images there (default: latest), repeatable', repeated)
        .option('--local-only', 'ask no registry');
}
function repeated(value, values) {
    return [...(values ?? []), value];
}
function secretOption(text, given) {
    const secret = secretFlag(text);
    if (secret === undefined)
        throw new esm/* InvalidArgumentError */.Di('write id=ID,env=VARIABLE or id=ID,src=PATH.');
    return [...(given ?? []), secret];
}
/** What a build takes, besides what its decision depends on. */
function building(command) {
    return command
        .option('--tag <tag>', 'tags besides the fingerprint (default: latest; with --push: commit and branch), repeatable', repeated)
        .option('--max-parallel <n>', 'builds at once (default: twice the processors, at least 4, and eight times as many short ones)')
        .option('--fail-fast', 'start no further build after a failure')
        .option('--layer-cache <where>', 'layers of earlier builds: local, registry, inline, gha or none (default)')
        .option('--layer-cache-mode <mode>', 'max: of every stage (default for bases); min: of the image alone')
        .option('--layer-cache-write <when>', 'leave layers for later builds: auto (default), always or never')
        .option('--no-cache', 'build without the layer cache')
        .option('--pull', 'look for newer base images')
        .option('--builder <name>', 'buildx builder')
        .option('--secret <secret>', 'id=ID,env=VARIABLE or id=ID,src=PATH, repeatable', secretOption)
        .option('--plain', 'plain progress lines')
        .option('--allow-dirty', 'push images that hold uncommitted files; moves no tag but the fingerprint')
        .option('--cleanup', 'then remove dangling images and stopped containers made here')
        .option('--dry-run', 'only say what would be built')
        .option('--check-only', 'the same as --dry-run');
}

// EXTERNAL MODULE: ./src/pipeline.ts + 66 modules
var pipeline = __webpack_require__(37203);
// EXTERNAL MODULE: ./src/config/request.ts + 5 modules
var config_request = __webpack_require__(84770);
// EXTERNAL MODULE: ./src/config/select.ts
var config_select = __webpack_require__(41032);
// EXTERNAL MODULE: ./src/fingerprint/gather.ts + 4 modules
var gather = __webpack_require__(84055);
// EXTERNAL MODULE: ./src/fingerprint/inspect.ts
var inspect = __webpack_require__(35184);
// EXTERNAL MODULE: ./src/fingerprint/notices.ts
var notices = __webpack_require__(48157);
// EXTERNAL MODULE: ./src/model/plan.ts
var plan = __webpack_require__(67978);
// EXTERNAL MODULE: ./src/plan/decide.ts
var decide = __webpack_require__(92759);
// EXTERNAL MODULE: ./src/plan/diff.ts
var diff = __webpack_require__(88256);
// EXTERNAL MODULE: ./src/report/reason.ts
var report_reason = __webpack_require__(78880);
// EXTERNAL MODULE: ./src/report/visible.ts
var visible = __webpack_require__(30776);
;// CONCATENATED MODULE: ./src/report/explanation.ts


/** What `explain --json` prints; its shape is public, a change to it raises `version`. */
function explanationDocument(explanation) {
    const { service, file, fingerprint, inputs, since } = explanation;
    return {
        version: 1,
        service,
        dockerfile: file,
        fingerprint: fingerprint.digest,
        document: fingerprint.document,
        inputs,
        since: since ?? null,
    };
}
/** The document, every input with the lines that take it, and the difference, for people. */
function explanationLines(explanation) {
    const { service, fingerprint, inputs } = explanation;
    const { document, digest } = fingerprint;
    return [
        `${(0,visible/* visible */.RK)(service)}  ${digest}`,
        '',
        `  format      ${document.format}`,
        `  definition  ${document.definition}`,
        `  files       ${document.files}  ${inputs.length} ${inputs.length === 1 ? 'file' : 'files'}`,
        ...section('build-args', document.buildArgs),
        ...section('options', document.options),
        ...section('contexts', document.contexts),
        ...section('upstream', document.upstream ?? {}),
        ...section('parents', document.parents ?? {}),
        '',
        ...inputs.map((input) => inputLine(input, explanation.file)),
        '',
        ...sinceLines(explanation),
    ];
}
function section(name, entries) {
    return Object.entries(entries).map(([key, value], index) => {
        const heading = index === 0 ? name : '';
        return `  ${heading.padEnd(10)}  ${(0,visible/* visible */.RK)(key)}  ${(0,visible/* visible */.RK)(value)}`;
    });
}
function inputLine({ path, mode, lines, labels, isPinned, onDisk }, file) {
    const places = lines.length === 0 ? [] : [`${(0,visible/* visible */.RK)(file)}:${lines.join(',')}`];
    const where = [...places, ...labels.map(visible/* visible */.RK)].join(', ');
    return `  ${mode}  ${(0,visible/* visible */.RK)(path)}  (${where}${isPinned ? ', a lockfile stands for it' : ''}${onDisk ? ', not as committed' : ''})`;
}
function sinceLines({ since }) {
    if (since === undefined)
        return ['no build is recorded here; compare with a commit by --against'];
    const what = since.kind === 'record' ? `the last build, at ${since.commit}` : since.commit;
    if (since.reasons.length === 0)
        return [`nothing differs from ${what}`];
    return [`since ${what}:`, ...since.reasons.flatMap((reason) => reasonLines(reason))];
}
function reasonLines(reason) {
    const paths = reason.kind === 'files' ? (reason.paths ?? []) : [];
    return [`  ${(0,report_reason/* reasonText */.u)(reason)}`, ...paths.map((path) => `    ${(0,visible/* visible */.RK)(path)}`)];
}

// EXTERNAL MODULE: ./src/state/merge.ts
var merge = __webpack_require__(12853);
// EXTERNAL MODULE: ./src/pipeline/completion.ts + 2 modules
var pipeline_completion = __webpack_require__(4837);
// EXTERNAL MODULE: ./src/pipeline/explain.ts
var explain = __webpack_require__(24977);
// EXTERNAL MODULE: ./src/pipeline/inputs.ts + 2 modules
var pipeline_inputs = __webpack_require__(549);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(38929);
// EXTERNAL MODULE: ./src/pipeline/load.ts + 2 modules
var load = __webpack_require__(8598);
// EXTERNAL MODULE: ./src/pipeline/stored.ts + 1 modules
var pipeline_stored = __webpack_require__(33428);
;// CONCATENATED MODULE: ./src/pipeline/explain-service.ts

















/** Shows what one service's fingerprint is made of. Returns the process's exit code; changes nothing. */
async function explainService(job, ports, asked) {
    const explained = await explanation(job, ports, asked);
    if (!explained.ok)
        return (0,pipeline_job/* fail */.fJ)(explained.failures, ports);
    ports.host.document(() => explanationDocument(explained.value));
    ports.host.result(() => explanationLines(explained.value));
    return 0;
}
async function explanation(job, ports, asked) {
    const request = (0,config_request/* parseRequest */.T)(job.inputs, job.defaults);
    if (!request.ok)
        return request;
    const withDisk = await (0,pipeline_job/* countsDisk */.uS)(request.value, ports.git);
    const run = { job, ports, request: request.value, notices: [], withDisk };
    const loaded = await (0,load/* loadServices */.rZ)(run, undefined);
    if (!loaded.ok)
        return loaded;
    const { services } = loaded.value;
    const service = theService(asked.service, services);
    if (!service.ok)
        return service;
    const stored = await (0,pipeline_stored/* loadStored */.cg)(run);
    const now = await contentOf(service.value, { run, services, stored });
    if (!now.ok)
        return now;
    const since = await comparison(now.value, { run, asked, stored });
    if (!since.ok)
        return since;
    const { name, file } = service.value;
    return (0,failure.ok)({
        ...{ service: name, file, fingerprint: now.value.fingerprint, inputs: inputFiles(now.value) },
        ...(since.value && { since: since.value }),
    });
}
function theService(name, services) {
    const selected = (0,config_select/* select */.L)(services, [name], 'explain');
    if (!selected.ok)
        return selected;
    const [service, ...others] = services.filter((one) => selected.value.has(one.name));
    if (service !== undefined && others.length === 0)
        return (0,failure.ok)(service);
    const message = `explain: \`${name}\` means several services; name one`;
    return (0,failure/* failed */.gz)({ kind: 'usage', message });
}
/** With all that it is built from: their fingerprints are parts of its own. What else there is may be broken. */
async function contentOf(service, { run, services: all, stored }) {
    const { name } = service;
    const reading = { ...(0,pipeline_inputs/* readingOf */.MU)(run), all };
    const gathered = await gatherFamily(service, { run, services: all, stored });
    if (!gathered.ok)
        return gathered;
    const { services, known, view } = gathered.value;
    const seen = await (0,gather/* inspected */._9)(known, [service], reading);
    if (!seen.ok)
        return seen;
    const { snapshot, inspections } = seen.value;
    const [inspection, inputs] = [inspections.get(name), snapshot.inputs.get(name)];
    if (!inspection || !inputs)
        throw new Error(`nothing was gathered for ${name}`);
    const untracked = await (0,notices/* untrackedNotices */.t2)(new Map([[name, inputs]]), view);
    for (const notice of [...inspection.recipe.notices, ...untracked])
        run.ports.host.notice(notice);
    const before = (0,pipeline_completion/* namesBeforeAll */.X)(services, snapshot.inputs);
    if (!before.ok)
        return before;
    const completion = new pipeline_completion/* Completion */.bE(run);
    const complete = await completion.complete(snapshot, services, new Set(services.map((one) => one.name)));
    if (!complete.ok)
        return complete;
    const fingerprint = complete.value.get(name);
    if (fingerprint === undefined)
        throw new Error(`no fingerprint of ${name}`);
    const at = async (commit) => {
        const earlier = await (0,gather/* gatherEarlier */.sM)(services, commit, reading);
        if (!earlier.ok)
            return earlier;
        const then = completion.known(earlier.value, services).get(name);
        const taken = earlier.value.inspections.get(name);
        return (0,failure.ok)({ ...(then && { fingerprint: then }), ...(taken && { inspection: taken }) });
    };
    return (0,failure.ok)({ service, fingerprint, inspection, standIns: inputs.standIns ?? [], at });
}
/** A service with those that it is built from, however far back: each is known when what starts from it has been read. */
async function gatherFamily(service, { run, services: all, stored }) {
    const options = { ...(0,pipeline_inputs/* readingOf */.MU)(run), withDisk: run.withDisk, memo: stored.memo.answers, all };
    let names = new Set([service.name]);
    for (;;) {
        const services = all.filter(({ name }) => names.has(name));
        const gathered = await (0,gather/* gather */.kg)(services, options);
        if (!gathered.ok)
            return gathered;
        const parentsOf = (0,pipeline_completion/* parentsAmong */.sC)(all, gathered.value.snapshot.inputs);
        const before = services.flatMap((one) => (0,plan/* imagesBefore */.on)({ service: one, parents: parentsOf(one) }));
        const more = new Set([...names, ...before]);
        if (more.size === names.size)
            return (0,failure.ok)({ services, known: gathered.value, view: gathered.value.view });
        names = more;
    }
}
async function comparison({ service, fingerprint, inspection: now, standIns, at }, { run, asked, stored }) {
    const newest = (0,merge/* ofOthers */.Np)(stored.state.records).get(service.name);
    const record = newest && (0,decide/* ownRecord */.MY)({ service, record: newest });
    const name = asked.against ?? record?.commit;
    if (name === undefined)
        return (0,failure.ok)(undefined);
    const kind = asked.against === undefined ? 'record' : 'commit';
    const commit = await run.ports.git.obtain(name);
    const earlier = commit === undefined ? undefined : await at(commit);
    if (earlier?.ok === false)
        return earlier;
    const before = earlier?.value.inspection;
    const recorded = record && { document: record.document, digest: record.fingerprint };
    const then = kind === 'record' ? recorded : earlier?.value.fingerprint;
    if (then === undefined)
        return (0,failure/* failed */.gz)({ kind: 'usage', message: nothingAt(asked, service, commit) });
    const differences = (0,diff/* diff */.U)(then.document, fingerprint.document);
    const reasons = before ? (0,explain/* withNames */.B1)(differences, { service, before, now, standIns }) : differences;
    return (0,failure.ok)({ kind, commit: commit ?? name, fingerprint: then.digest, reasons });
}
function nothingAt({ against }, service, commit) {
    return commit === undefined
        ? `\`${against ?? ''}\` is no commit that is at hand or could be fetched; name one that is`
        : `\`${service.name}\` could not have been built at ${commit}, so there is nothing to compare with`;
}
function inputFiles({ inspection, standIns }) {
    const files = new Map();
    for (const taken of inspection.taken) {
        const { line, label } = taken.source;
        for (const entry of taken.selection.entries.values()) {
            if (!(0,inspect/* isFile */.fo)(entry))
                continue;
            const path = (0,inspect/* pathOf */.XM)(taken, entry);
            const { lines = [], labels = [] } = files.get(path) ?? {};
            files.set(path, {
                ...{ path, mode: entry.mode, id: entry.id },
                lines: line === undefined ? lines : [...new Set([...lines, line])].sort((a, b) => a - b),
                labels: line === undefined ? [...new Set([...labels, label])] : labels,
                ...(line !== undefined && standIns.includes(path) && { isPinned: true }),
                ...(entry.onDisk && { onDisk: true }),
            });
        }
    }
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

// EXTERNAL MODULE: ./src/adapters/version.ts + 1 modules
var version = __webpack_require__(2855);
;// CONCATENATED MODULE: ./src/cli.ts
























/** The terminal command. Sets `process.exitCode`; `args` are the words after the program's name. */
async function cli(args) {
    endQuietlyWithoutReader(process);
    const program = new esm/* Command */.uB('smart-image-build')
        .description('Builds the container images of a monorepo whose content changed, and says why.')
        .version(version/* VERSION */.x, '--version')
        .configureHelp({ showGlobalOptions: true })
        .addHelpText('after', EXIT_CODES);
    shared(program.command('plan'))
        .description('say what would be built, and why')
        .option('--exit-code', 'end with code 10 when something is to be rebuilt')
        .option('--advise', 'say what is sent to the builder, and which lines of .dockerignore would keep it back')
        .addOption(graphOption())
        .action((services, flags) => start('plan', { services, flags }));
    building(shared(program.command('build')))
        .description('build what changed and reuse the rest; without --push images are loaded into Docker')
        .action((services, flags) => start('build', { services, flags }));
    promoting(common(program.command('promote')))
        .description('point tags at images that exist; builds nothing, and moves no tag unless all of them do')
        .action((services, flags) => start('promote', { services, flags }));
    common(program.command('explain').argument('<service>', 'name of a service'))
        .description("show a service's inputs, the Dockerfile lines that take them, and what changed")
        .option('--against <commit>', 'commit to compare with (default: that of the last build)')
        .action((service, flags) => start('explain', { services: [service], flags }));
    common(program.command('init'))
        .description('write a configuration from what the repository has')
        .option('--workflow', 'write a workflow, too')
        .option('--stdout', 'print instead of writing')
        .action((flags) => start('init', { services: [], flags }));
    atRest(program);
    for (const command of [program, ...program.commands])
        command.exitOverride();
    try {
        await program.parseAsync(args.map(withValue), { from: 'user' });
    }
    catch (error) {
        if (!(error instanceof esm/* CommanderError */.b7))
            throw error;
        process.exitCode = error.exitCode === 0 ? 0 : 2;
    }
}
/** Commands for what was built before. */
function atRest(program) {
    verifying(common(program.command('verify')))
        .description('say whether what runs is what the commit gives; ends 1 when a service is stale')
        .action((services, flags) => start('verify', { services, flags }));
    intoKind(common(program.command('load')))
        .description('put the images of the services into a kind cluster; builds none')
        .action((services, flags) => start('load', { services, flags }));
    common(program.command('prune'))
        .description('remove what is kept in the git directory and of no use any more')
        .option('--dry-run', 'only list it')
        .action((flags) => start('prune', { services: [], flags }));
}
/** `plan --json | head`: who has read enough closes the pipe, which is no error of ours. */
function endQuietlyWithoutReader({ stdout }) {
    stdout.on('error', (error) => {
        if (error.code !== 'EPIPE')
            throw error;
        process.exit(0);
    });
}
const EXIT_CODES = `
Exit codes:
  0 done   1 an image failed, or a service is stale   2 wrong usage or configuration
  3 git, Docker or buildx is missing
  10 something is to be rebuilt (plan --exit-code)   130 interrupted`;
/** Bare, each would swallow the service that follows it. */
const VALUE_OF_BARE = { '--force': 'all', '--graph': 'text' };
function withValue(arg) {
    const value = VALUE_OF_BARE[arg];
    return value === undefined ? arg : `${arg}=${value}`;
}
async function start(command, { services, flags }) {
    const { env } = process;
    const options = {
        ...{ json: flags.json === true, quiet: flags.quiet === true, verbose: flags.verbose === true },
        live: flags.plain !== true && process.stderr.isTTY && env['TERM'] !== 'dumb' && env['CI'] === undefined,
    };
    const host = new TerminalHost({ out: process.stdout, error: process.stderr }, options);
    const repository = await (0,git_open/* openRepository */.h)((0,external_node_path_.resolve)(flags.cwd ?? '.'), {
        environment: env,
        atTop: flags.cwd === undefined,
    });
    if (!repository.ok) {
        process.exitCode = (0,pipeline_job/* fail */.fJ)(repository.failures, { host });
        return;
    }
    const { git, root, commonDirectory } = repository.value;
    const signal = (0,interruption/* abortOnSignals */.P)(process);
    const job = {
        inputs: inputsOf(command, { services, flags }),
        defaults: { maxParallel: (0,parallel/* defaultParallel */.f)(), layerCache: 'none' },
        context: contextOf(git, flags.push === true || command === 'promote' || flags.url !== undefined),
        rootName: (0,external_node_path_.basename)(root),
        color: wantsColor(env, process.stdout.isTTY && process.stderr.isTTY),
        ...(process.stdout.isTTY && process.stdout.columns > 0 && { columns: process.stdout.columns }),
        ...(flags.graph !== undefined && { graph: flags.graph }),
        version: version/* VERSION */.x,
        signal,
    };
    const ports = {
        git,
        ...(0,machine/* machine */.A)({ root, environment: env, signal }),
        ...keptIn((0,external_node_path_.join)(commonDirectory, 'smart-image-build')),
        host,
    };
    process.exitCode = await carryOut(command, {
        services,
        flags,
        job,
        ports: {
            ...ports,
            files: new FolderFiles(root),
            kind: new DockerKindClusters(env),
            heads: new GitHeadsCli(root, env),
        },
    });
}
/** `isElsewhere`: what is built, or looked at, is not for the machine that the command runs on. */
function contextOf({ branch, head }, isElsewhere) {
    const ref = branch === undefined ? undefined : `refs/heads/${branch}`;
    const own = `linux/${DOCKER_ARCHITECTURES[process.arch] ?? process.arch}`;
    return {
        trigger: { kind: 'terminal' },
        runId: (0,external_node_crypto_.randomUUID)(),
        stateScope: `terminal@${ref ?? head}`,
        defaultPlatform: isElsewhere ? 'linux/amd64' : own,
        variables: process.env,
        ...(ref !== undefined && { ref }),
    };
}
/** What is there from one command to the next. */
function keptIn(folder) {
    return {
        store: new file_store/* FileStore */.y(folder),
        layouts: new FolderLayouts((0,external_node_path_.join)(folder, 'layouts')),
        layers: new FolderLayers((0,external_node_path_.join)(folder, 'layers')),
        layerService: NO_LAYER_SERVICE,
        artifacts: NO_RUN_ARTIFACTS,
        kept: new FolderKept(folder),
    };
}
async function carryOut(command, { services, flags, job, ports }) {
    switch (command) {
        case 'explain': {
            const { against } = flags;
            return explainService(job, ports, {
                service: services[0] ?? '',
                ...(against !== undefined && { against }),
            });
        }
        case 'init':
            // Loaded only here: writing YAML takes longer to load than all the rest.
            return (await __webpack_require__.e(/* import() */ 647).then(__webpack_require__.bind(__webpack_require__, 63647))).init(job, ports, {
                workflow: flags.workflow === true,
                stdout: flags.stdout === true,
            });
        case 'load': {
            const { kind: cluster = '', tag: tags = ['latest'] } = flags;
            return (await __webpack_require__.e(/* import() */ 443).then(__webpack_require__.bind(__webpack_require__, 31443))).loadIntoKind(job, ports, { cluster, tags });
        }
        case 'prune':
            return (await __webpack_require__.e(/* import() */ 994).then(__webpack_require__.bind(__webpack_require__, 17994))).prune(job, ports, flags.dryRun === true);
        case 'plan':
        case 'build':
        case 'promote':
        case 'verify':
            return (0,pipeline/* run */.e)(job, ports);
    }
}
const DOCKER_ARCHITECTURES = { x64: 'amd64', ia32: '386', arm: 'arm/v7' };


/***/ })

};

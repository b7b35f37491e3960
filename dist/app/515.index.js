export const id = 515;
export const ids = [515];
export const modules = {

/***/ 515:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseConfig: () => (/* binding */ parseConfig)
});

// EXTERNAL MODULE: ./src/model/failure.ts
var failure = __webpack_require__(2891);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./src/config/invalid.ts
var invalid = __webpack_require__(3517);
;// CONCATENATED MODULE: ./src/config/document.ts


/** Nodes of a document after its aliases are replaced. A repository with a thousand services stays far below. */
const MAX_NODES = 100_000;
/** Reads one YAML 1.2 document (core schema) and lists every syntax error, or every key that is set twice. */
function readDocument(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, {
        lineCounter: lines,
        prettyErrors: false,
        uniqueKeys: false,
        resolveKnownTags: false,
    });
    const placeOf = (offset) => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const errors = [...document.errors, ...document.warnings];
    const fatal = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
    if (fatal !== undefined)
        return { failures: [syntaxFailure(fatal, placeOf)] };
    if (errors.length > 0)
        return { failures: errors.map((error) => syntaxFailure(error, placeOf)) };
    if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
        return { failures: [(0,invalid/* invalid */.G)('only YAML 1.2 is understood; remove the line `%YAML`', placeOf(0))] };
    }
    const converter = new Converter(document, placeOf);
    const root = converter.node(document.contents, placeOf(0));
    return converter.unreadable ? { failures: converter.failures } : { root, failures: converter.failures };
}
/** The node that a path of keys and indexes leads to, or the last one on the way that exists. */
function nodeAt(node, path) {
    const [step, ...rest] = path;
    const next = node.kind === 'map'
        ? node.entries.get(String(step))?.node
        : node.kind === 'list'
            ? node.items[Number(step)]
            : undefined;
    return step === undefined || next === undefined ? node : nodeAt(next, rest);
}
function syntaxFailure(error, placeOf) {
    return (0,invalid/* invalid */.G)(syntaxMessage(error), placeOf(error.pos[0]));
}
function syntaxMessage(error) {
    if (error.code === 'MULTIPLE_DOCS')
        return 'the file holds several YAML documents; keep one and remove this `---`';
    if (error.code === 'TAB_AS_INDENT')
        return 'this line is indented by a tab; YAML wants spaces';
    if (error.code === 'RESOURCE_EXHAUSTION')
        return 'the YAML is nested too deeply';
    if (error.code === 'TAG_RESOLVE_FAILED')
        return `${error.message}; tags (\`!name\`) are not supported, remove it`;
    return `not valid YAML: ${error.message}`;
}
class Converter {
    failures = [];
    /** Set when an alias could not be replaced, so that what the document says is unknown. */
    unreadable = false;
    #targets;
    #placeOf;
    #open = new Set();
    #nodes = 0;
    constructor(document, placeOf) {
        this.#targets = targetsOf(document);
        this.#placeOf = placeOf;
    }
    node(node, parent) {
        const place = this.#place(node, parent);
        this.#nodes += 1;
        if (this.#nodes > MAX_NODES) {
            if (!this.unreadable)
                this.#giveUp(`more than ${MAX_NODES} values, aliases included`, place);
            return emptyNode(place);
        }
        if ((0,dist/* isAlias */.Vj)(node))
            return this.#alias(node, place);
        if ((0,dist/* isMap */.jh)(node))
            return this.#within(node, () => this.#map(node, place));
        if ((0,dist/* isSeq */.oP)(node)) {
            return this.#within(node, () => ({
                kind: 'list',
                place,
                items: node.items.map((item) => this.node(item, place)),
            }));
        }
        return (0,dist/* isScalar */.jn)(node) ? scalarNode(node, place) : emptyNode(place);
    }
    #alias(alias, place) {
        const target = this.#targets.get(alias);
        if (target === undefined)
            return this.#giveUp(`there is no anchor \`&${alias.source}\` before this alias`, place);
        if (this.#open.has(target))
            return this.#giveUp(`\`*${alias.source}\` stands inside of what it names`, place);
        return this.node(target, place);
    }
    #within(node, convert) {
        this.#open.add(node);
        const converted = convert();
        this.#open.delete(node);
        return converted;
    }
    #map(map, place) {
        const entries = new Map();
        const merged = [];
        for (const pair of map.items) {
            const keyPlace = this.#place(pair.key, place);
            const value = this.node(pair.value, keyPlace);
            if (isMergeKey(pair))
                merged.push(...(value.kind === 'list' ? value.items : [value]));
            else
                this.#set(entries, this.#key(pair, keyPlace), { place: keyPlace, node: value });
        }
        for (const source of merged) {
            if (source.kind !== 'map')
                this.failures.push((0,invalid/* invalid */.G)('`<<` takes a map, or a list of maps', source.place));
            else
                for (const [key, entry] of source.entries)
                    if (!entries.has(key))
                        entries.set(key, entry);
        }
        return { kind: 'map', place, entries };
    }
    #set(entries, key, entry) {
        if (key === undefined)
            return;
        const earlier = entries.get(key);
        if (earlier === undefined)
            entries.set(key, entry);
        else
            this.failures.push((0,invalid/* invalid */.G)(`\`${key}\` is set twice, first on line ${earlier.place.line}`, entry.place));
    }
    #key(pair, place) {
        const key = this.node(pair.key, place);
        if (this.unreadable)
            return undefined;
        if (key.kind === 'scalar' && key.source !== '')
            return typeof key.value === 'string' ? key.value : key.source;
        this.failures.push((0,invalid/* invalid */.G)('a key must be text that is not empty', place));
        return undefined;
    }
    #place(node, parent) {
        const range = node?.range;
        return range?.[0] === undefined ? parent : this.#placeOf(range[0]);
    }
    #giveUp(message, place) {
        this.unreadable = true;
        this.failures.push((0,invalid/* invalid */.G)(message, place));
        return emptyNode(place);
    }
}
/** What each alias names: the nearest node before it with that anchor. One pass, as `Alias.resolve` takes one per alias. */
function targetsOf(document) {
    const anchors = new Map();
    const targets = new Map();
    (0,dist/* visit */.YR)(document, {
        Alias: (_key, alias) => {
            targets.set(alias, anchors.get(alias.source));
        },
        Value: (_key, node) => {
            if (node.anchor !== undefined)
                anchors.set(node.anchor, node);
        },
    });
    return targets;
}
/** A quoted `'<<'` is an ordinary key. */
function isMergeKey(pair) {
    return (0,dist/* isScalar */.jn)(pair.key) && pair.key.type === dist/* Scalar */.X5.PLAIN && pair.key.value === '<<';
}
function scalarNode(scalar, place) {
    const { value } = scalar;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return {
        kind: 'scalar',
        place,
        value: known,
        source: typeof value === 'string' ? value : (scalar.source ?? ''),
    };
}
function emptyNode(place) {
    return { kind: 'scalar', place, value: null, source: '' };
}

// EXTERNAL MODULE: ./src/config/image.ts
var config_image = __webpack_require__(8407);
// EXTERNAL MODULE: ./src/config/suggest.ts
var suggest = __webpack_require__(2784);
;// CONCATENATED MODULE: ./src/config/keys.ts


/** Compose's words for what build-push-action calls otherwise. */
const COMPOSE_WORDS = new Map([
    ['dockerfile', 'file'],
    ['args', 'build-args'],
    ['build', 'context'],
    ['extra_hosts', 'add-hosts'],
]);
/** A failure for each key that is not allowed here, at the key. */
function keyFailures(entries, table) {
    return [...entries]
        .filter(([key]) => !table.allowed.includes(key))
        .map(([key, entry]) => (0,invalid/* invalid */.G)(keyMessage(key, table), entry.place));
}
function keyMessage(key, { allowed, later, perService }) {
    if (later.includes(key))
        return `\`${key}\` is not supported by this version yet`;
    if (perService.includes(key)) {
        return `\`${key}\` cannot be the same for all services; say it in each service, not in \`defaults\``;
    }
    const word = COMPOSE_WORDS.get(key.toLowerCase()) ?? key;
    const near = (0,suggest/* closest */.k)(word, allowed);
    if (near !== undefined)
        return `unknown key \`${key}\`; did you mean \`${near}\`?`;
    return `unknown key \`${key}\`; allowed here: ${allowed.join(', ')}`;
}

;// CONCATENATED MODULE: ./src/config/paths.ts
/**
 * A written, not empty path as `Service.context` holds it: relative to the repository root, `/` between its parts, without `.`, `..`
 * or a slash at either end; `''` is the root.
 */
function folderPath(text) {
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^git@/.test(text)) {
        return { problem: `\`${text}\` is an address; only folders of this repository can be built` };
    }
    return pathWithin(text);
}
/** As `folderPath`, of a file; the root is none. */
function filePath(text) {
    const checked = folderPath(text);
    const isFolder = 'value' in checked && (checked.value === '' || text.endsWith('/'));
    return isFolder ? { problem: `\`${text}\` is a folder; name the Dockerfile in it` } : checked;
}
function joinPath(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
function pathWithin(text) {
    // eslint-disable-next-line no-control-regex -- these are what no path of a repository should hold
    if (/[\u0000-\u001f\u007f]/.test(text))
        return { problem: 'the path holds a control character or a line break' };
    if (text.includes('\\'))
        return { problem: `\`${text}\` holds a backslash; write \`/\` between folders` };
    if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
        return { problem: `\`${text}\` is outside the repository; write a path relative to the repository root` };
    }
    const parts = [];
    for (const part of text.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined) {
            return { problem: `\`${text}\` is outside the repository; paths are relative to the repository root` };
        }
    }
    return { value: parts.join('/') };
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var valibot_dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./src/config/schema.ts

/*
 * The shape of the configuration: what `parse.ts` checks and what `schema.json` is generated from. Maps whose keys are
 * a person's own names are `v.map`, as objects would lose names such as `constructor`. The message of each schema
 * completes the sentence "… must be …".
 */
const schema_text = valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP('text'), valibot_dist/* minLength */.BpQ(1, 'text that is not empty'));
const list = valibot_dist/* union */.KCZ([valibot_dist/* array */.YOg(schema_text, 'a list'), schema_text], 'a list, or text with one item per line');
const scalar = valibot_dist/* union */.KCZ([valibot_dist/* string */.YjP(), valibot_dist/* number */.aig(), valibot_dist/* boolean */.zMY()], 'text, a number, true or false');
function pairs(value) {
    const map = valibot_dist/* map */.TjK(valibot_dist/* string */.YjP(), value, 'a map');
    return valibot_dist/* union */.KCZ([map, valibot_dist/* array */.YOg(schema_text, 'a list'), schema_text], 'a map of names to values, or KEY=VALUE lines');
}
function described(schema, description) {
    return valibot_dist/* optional */.lqM(valibot_dist/* pipe */.FsL(schema, valibot_dist/* description */.h_(description)));
}
/** Keys of one service in this version, by their names in docker/build-push-action where it has them. */
const serviceEntries = {
    context: valibot_dist/* pipe */.FsL(schema_text, valibot_dist/* description */.h_('Folder of the build context, relative to the repository root; `.` is the root.')),
    file: described(schema_text, 'Dockerfile, relative to the repository root. Default: `<context>/Dockerfile`.'),
    'build-contexts': described(pairs(schema_text), 'Build contexts besides the main one: a map, or NAME=VALUE lines. A value is a folder relative to the repository root, or an address: `docker-image://…`, `https://…`, `git@…`, `oci-layout://…`.'),
    paths: described(list, 'Inputs beyond what the Dockerfile copies: gitignore patterns, relative to the repository root.'),
    ignore: described(list, 'What never counts as an input: gitignore patterns, relative to the repository root; the last match wins.'),
    generated: described(valibot_dist/* map */.TjK(valibot_dist/* string */.YjP(), list, 'a map'), 'Files and folders that an earlier step makes, each with gitignore patterns of its sources, which count in its place.'),
    target: described(schema_text, 'Stage of the Dockerfile to build.'),
    image: described(schema_text, 'Image name without a tag. Default: the name of the service. `registry` is put before it unless it names a registry of its own.'),
    tags: described(list, 'Tag rules, added to those of the input `tags`.'),
    labels: described(pairs(scalar), 'Labels of the image: a map, or KEY=VALUE lines.'),
    annotations: described(list, 'OCI annotations: `key=value` lines, with an optional `type:` in front.'),
    'build-args': described(pairs(valibot_dist/* nullable */.mee(scalar)), 'Build arguments: a map, or KEY=VALUE lines. `${NAME}` and `${NAME:-default}` come from the environment, `$$` is a `$`; an argument without a value has that of the environment variable of its name.'),
    ssh: described(list, 'SSH agent sockets or keys for the build, such as `default`.'),
    platforms: described(list, 'Platforms such as `linux/amd64`. Default: `linux/amd64`.'),
    provenance: described(valibot_dist/* union */.KCZ([valibot_dist/* boolean */.zMY(), schema_text], 'true, false or text such as mode=max'), 'Provenance attestation: true, false or its parameters, such as `mode=max`.'),
    sbom: described(valibot_dist/* union */.KCZ([valibot_dist/* boolean */.zMY(), schema_text], 'true, false or text such as generator=image'), 'SBOM attestation: true, false or its parameters.'),
    attests: described(list, 'Attestations as `type=…` lines.'),
    network: described(schema_text, 'Network of RUN instructions: `default`, `none` or `host`.'),
    'shm-size': described(valibot_dist/* union */.KCZ([schema_text, valibot_dist/* number */.aig()], 'a size such as 128m'), 'Size of /dev/shm, such as `128m`.'),
    'add-hosts': described(list, 'Host-to-IP mappings, such as `db:10.0.0.2`.'),
    ulimit: described(list, 'Ulimits, such as `nofile=1024:1024`.'),
    allow: described(list, 'Extra privileges of the build, such as `network.host`.'),
    'no-cache': described(valibot_dist/* boolean */.zMY('true or false'), 'Build without the layer cache.'),
    'no-cache-filters': described(list, 'Stages that are built without the layer cache.'),
    'cache-from': described(list, 'Further caches to read, such as `type=registry,ref=…`.'),
    'cache-to': described(list, 'Further caches to write, such as `type=registry,ref=…`.'),
    matrix: described(valibot_dist/* map */.TjK(valibot_dist/* string */.YjP(), valibot_dist/* unknown */.L5J(), 'a map'), "Keys copied into this service's entries of the output `matrix`."),
};
/** Keys that say what one service is: the same for several makes no sense. */
const PER_SERVICE_KEYS = ['context', 'file', 'image'];
/** Keys of the contract that come in a later version. */
const LATER_SERVICE_KEYS = [
    ...['secrets', 'secret-envs', 'secret-files', 'bases', 'needs'],
    ...['volatile-args', 'track-upstream', 'max-age', 'health', 'lockfiles', 'stage-of'],
];
const LATER_TOP_KEYS = ['reuse-pull-requests', 'bases', 'from'];
/** Up to 100 characters: names go into outputs, artifact names and cache scopes. */
const SERVICE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const service = valibot_dist/* strictObject */.rej(serviceEntries);
const configSchema = valibot_dist/* strictObject */.rej({
    registry: described(schema_text, 'Put before every image without a registry of its own, such as `ghcr.io/acme`.'),
    defaults: valibot_dist/* optional */.lqM(valibot_dist/* pipe */.FsL(valibot_dist/* nullable */.mee(valibot_dist/* omit */.cJW(service, PER_SERVICE_KEYS)), valibot_dist/* description */.h_('What every service says unless it says otherwise: maps are merged, other values replaced.'))),
    services: valibot_dist/* pipe */.FsL(valibot_dist/* map */.TjK(valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(SERVICE_NAME)), service), valibot_dist/* description */.h_('The images to build, by name.')),
});

// EXTERNAL MODULE: ./src/config/pairs.ts
var config_pairs = __webpack_require__(7771);
;// CONCATENATED MODULE: ./src/config/section.ts





/**
 * Reads the values of a section, each in the shape that the schema gives its key, and adds to `failures` what is wrong
 * at the place where it is written. A key that is absent, or whose value is wrong, reads as `undefined` or empty.
 */
class SectionReader {
    #section;
    #failures;
    constructor(section, failures) {
        this.#section = section;
        this.#failures = failures;
    }
    value(key) {
        const entry = this.#section.entries.get(key);
        if (entry === undefined)
            return undefined;
        const asWritten = key === 'labels' || key === 'build-args';
        const result = valibot_dist/* safeParse */.xLC(serviceEntries[key], plainValue(entry.node, asWritten));
        if (result.success)
            return result.output;
        for (const { issue, steps } of result.issues.flatMap((issue) => innermost(issue))) {
            const path = [this.#section.path, key, ...steps].join('.');
            this.#failures.push(shapeFailure(path, nodeAt(entry.node, steps), issue));
        }
        return undefined;
    }
    text(key) {
        const value = this.value(key);
        return value === undefined ? undefined : String(value);
    }
    checked(key, check) {
        const text = this.text(key);
        return text === undefined ? undefined : this.#take(check(text), key, []);
    }
    list(key, separator, check = (item) => ({ value: item })) {
        const value = this.value(key);
        if (value === undefined)
            return undefined;
        const items = typeof value === 'string' ? (0,config_pairs/* splitList */.ry)(value, separator) : value.map((item) => item.trim());
        const checked = items.map((item, index) => this.#take(check(item), key, [index]));
        return checked.every((item) => item !== undefined) ? checked : undefined;
    }
    /** Name → value of a map or of KEY=VALUE lines; `check` may refuse or change names that `pairName` lets pass. */
    pairs(key, check) {
        const pairs = new Map();
        for (const { name: written, value, step } of this.#pairTexts(key)) {
            const valid = this.#take((0,config_pairs/* pairName */._x)(written), key, [step]);
            const name = valid === undefined ? undefined : this.#take(check(valid), key, [step]);
            if (name === undefined)
                continue;
            const path = [this.#section.path, key, written].join('.');
            if (pairs.has(name))
                this.fail(key, `sets \`${name}\` twice`, [step]);
            pairs.set(name, { path, place: this.#place(key, [step]), value });
        }
        return pairs;
    }
    map(key) {
        const node = this.#section.entries.get(key)?.node;
        if (this.value(key) === undefined || node?.kind !== 'map')
            return [];
        return [...node.entries].map(([name, entry]) => [
            name,
            { path: [this.#section.path, key, name].join('.'), key: entry.place, node: entry.node },
        ]);
    }
    fail(key, problem, steps = []) {
        this.#failures.push((0,invalid/* invalid */.G)(`\`${this.#section.path}.${key}\` ${problem}`, this.#place(key, steps)));
    }
    #pairTexts(key) {
        const value = this.value(key);
        if (value === undefined)
            return [];
        if (value instanceof Map) {
            return [...value].map(([name, item]) => ({
                name,
                value: item === null ? null : String(item),
                step: name,
            }));
        }
        const lines = typeof value === 'string' ? (0,config_pairs/* splitList */.ry)(value, config_pairs/* LINE */.pj) : value.map((line) => line.trim());
        return lines.map((line, index) => ({ ...(0,config_pairs/* splitPair */.T6)(line), step: index }));
    }
    #take(checked, key, steps) {
        if ('value' in checked)
            return checked.value;
        this.#failures.push((0,invalid/* invalid */.G)(`\`${this.#section.path}.${key}\`: ${checked.problem}`, this.#place(key, steps)));
        return undefined;
    }
    #place(key, steps) {
        const entry = this.#section.entries.get(key);
        if (entry === undefined)
            throw new Error(`\`${key}\` is not in the section`);
        return nodeAt(entry.node, steps).place;
    }
}
/** Of the ways in which no form of a value fits, those that come nearest: inside of a form whose outside fits. */
function innermost(issue, outside = []) {
    const steps = [...outside, ...(issue.path ?? []).map((item) => item.key)];
    const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined);
    return inside.length > 0 ? inside.flatMap((inner) => innermost(inner, steps)) : [{ issue, steps }];
}
function shapeFailure(path, node, issue) {
    const quotes = issue.expected === 'string' && node.kind === 'scalar' && node.value !== null && node.source !== '';
    const mend = quotes && typeof node.value !== 'string' ? '; put it in quotes' : '';
    return (0,invalid/* invalid */.G)(`\`${path}\` must be ${issue.message}, but is ${describe(node)}${mend}`, node.place);
}
function describe(node) {
    if (node.kind !== 'scalar')
        return `a ${node.kind}`;
    if (node.value === null || node.source === '')
        return 'empty';
    if (typeof node.value !== 'string')
        return node.source;
    return node.source.length > 40 ? 'text' : `the text "${node.source}"`;
}
/** Maps become `Map`, so that no name a person chose can meet a prototype. `asWritten`: numbers and booleans are text. */
function plainValue(node, asWritten) {
    if (node.kind === 'list')
        return node.items.map((item) => plainValue(item, asWritten));
    if (node.kind === 'map') {
        return new Map([...node.entries].map(([name, entry]) => [name, plainValue(entry.node, asWritten)]));
    }
    return asWritten && node.value !== null ? node.source : node.value;
}

;// CONCATENATED MODULE: ./src/config/contexts.ts



/** An image's name, `:tag` and `@algorithm:digest`, the last two optional. */
const REFERENCE = /^(.+?)(?::(\w[\w.-]{0,127}))?(@[a-z][a-z\d]*(?:[-_+.][a-z][a-z\d]*)*:[\da-f]{32,})?$/i;
const DOCKER_HUB = ['docker.io', 'index.docker.io'];
/** What the words before `://` are in addresses that buildx gives to BuildKit. */
const SCHEMES = ['docker-image', 'oci-layout', 'https', 'http', 'git', 'ssh'];
/** `git@host:path` and what buildx takes for a repository at GitHub. */
const GIT_ADDRESS = /^[\w-]+@[\w.-]+:.|^github\.com\/./;
const SOURCES = 'a folder, `docker-image://…`, `https://…`, `git@…` or `oci-layout://…`';
/** Build contexts besides the main one, by name; a name as `contextName` gives it. */
function readContexts(reader, failures) {
    const contexts = new Map();
    for (const [name, { value, path, place }] of reader.pairs('build-contexts', contextName)) {
        const source = contextSource(value ?? '');
        if ('value' in source)
            contexts.set(name, source.value);
        else
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${source.problem}`, place));
    }
    return contexts;
}
/**
 * The name as buildx keeps it, in which BuildKit looks it up: `docker.io/library/alpine:latest` is `alpine`. Two names
 * of one context are thus the same.
 */
function contextName(text) {
    const name = normalName(text);
    if (name !== undefined)
        return { value: name };
    const small = normalName(text.toLowerCase());
    const mend = small === undefined
        ? 'write it like the name of an image, such as `assets` or `docker.io/library/alpine:latest`'
        : `write \`${text.toLowerCase()}\``;
    return { problem: `\`${text}\` is not a name of a build context; ${mend}` };
}
/** `undefined`: no reference of an image, whose names are in small letters while its tag need not be. */
function normalName(text) {
    const [, name = '', tag, digest = ''] = REFERENCE.exec(text) ?? [];
    const image = (0,config_image/* parseImage */.zZ)(name);
    if ('problem' in image || name !== name.toLowerCase())
        return undefined;
    const { registry = 'docker.io', repository } = image.value;
    const isOnHub = DOCKER_HUB.includes(registry);
    const short = isOnHub ? repository.replace(/^library\/(?=[^/]+$)/, '') : `${registry}/${repository}`;
    const isLatest = tag === undefined || (tag === 'latest' && digest === '');
    return `${short}${isLatest ? '' : `:${tag}`}${digest}`;
}
function contextSource(text) {
    if (text === '')
        return { problem: `has no source; write ${SOURCES}; \`.\` is the repository root` };
    if (/^(?:service|target):/.test(text))
        return { problem: `\`${text}\` is not supported by this version yet` };
    const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1];
    if (scheme === undefined && !GIT_ADDRESS.test(text)) {
        const folder = folderPath(text);
        return 'value' in folder ? { value: { kind: 'folder', folder: folder.value } } : folder;
    }
    if (scheme !== undefined && !SCHEMES.includes(scheme))
        return { problem: `\`${scheme}://\` is not understood; write ${SOURCES}` };
    const address = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
    const isImage = scheme === 'docker-image';
    if (!/^[^\s\p{Cc}]+$/u.test(address) || (isImage && normalName(address) === undefined))
        return { problem: `\`${text}\` names nothing; write the whole ${isImage ? 'image' : 'address'} after it` };
    return { value: { kind: 'reference', reference: text } };
}

// EXTERNAL MODULE: ./src/config/interpolate.ts
var interpolate = __webpack_require__(5138);
;// CONCATENATED MODULE: ./src/config/patterns.ts



/** What a pattern of gitignore can hold although it then matches nothing, or not what was meant, with the mend. */
const MEANINGLESS = [
    [/^$/, 'names nothing; write what to match, such as `docs/**`'],
    [/^!$/, 'alone takes back nothing; write `!` and what to take back, such as `!docs/**`'],
    [/^#/, 'is a comment in an ignore file; write `\\#` for a file whose name starts so'],
    [/^!?[a-z]:[\\/]/i, 'is outside the repository; write a pattern relative to the repository root'],
    [
        /^!?(?:.*\/)?\.\.(?:\/|$)/,
        'holds `..`, which no path within the repository has; write the pattern from the repository root',
    ],
    [/(?<!\\)(?:\\\\)*\\(?:[\p{L}\p{N}._/-]|$)/u, 'holds a backslash; write `/` between folders'],
    [
        /(?<!\\)\{[^{}]*,[^{}]*\}/,
        'holds a list in `{}`, which ignore files do not know; write one pattern for each, or `\\{` for the character',
    ],
];
/** A complete `[…]`, in which a `]` that stands first is a member, or a character that a backslash makes plain. */
const PLAIN_OR_CLASS = /\\.|\[(?:[!^]|(?![!^]))(?:\\.|\[:[a-z]+:\]|[^\\])(?:\\.|\[:[a-z]+:\]|[^\]\\])*\]/g;
/** A pattern of gitignore, relative to the repository root, unless it could never match anything. */
function pattern(text) {
    // eslint-disable-next-line no-control-regex -- these are what no path of a repository should hold
    if (/[\u0000-\u001f\u007f]/.test(text))
        return { problem: 'the pattern holds a control character or a line break' };
    const problem = MEANINGLESS.find(([sign]) => sign.test(text))?.[1];
    if (problem !== undefined)
        return { problem: `\`${text}\` ${problem}` };
    if (text.replace(PLAIN_OR_CLASS, '').includes('[')) {
        return {
            problem: `\`${text}\` opens a \`[\` that nothing closes; write \`\\[\` for the character itself`,
        };
    }
    const mended = withoutEmptyParts(text);
    return mended === text ? { value: text } : { problem: `\`${text}\` matches nothing; write \`${mended}\`` };
}
/** `./docs//api/` as `/docs/api/`: no path that patterns are held against has a part that is empty or `.`. */
function withoutEmptyParts(text) {
    const [, not = '', start = '', body = '', end = ''] = /^(!?)((?:\.?\/)*)(.*?)(\/*)$/.exec(text) ?? [];
    const parts = body.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length === 0)
        return `${not}**`;
    return `${not}${start === '' ? '' : '/'}${parts.join('/')}${end === '' ? '' : '/'}`;
}
/** Inputs beyond what the Dockerfile takes. */
function readPaths(reader) {
    const patterns = reader.list('paths', config_pairs/* LINE */.pj, pattern);
    if (patterns !== undefined && takesNothing(patterns))
        reader.fail('paths', ONLY_TAKEN_BACK);
    return patterns;
}
/** What an earlier step makes → patterns of its sources. */
function readGenerated(reader, failures) {
    const generated = new Map();
    for (const [name, setting] of reader.map('generated')) {
        const path = madePath(name);
        if ('problem' in path) {
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: ${path.problem}`, setting.key));
            continue;
        }
        if (generated.has(path.value))
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: \`${path.value}\` is set twice`, setting.key));
        generated.set(path.value, readSources(setting, failures));
    }
    return generated;
}
const ONLY_TAKEN_BACK = 'has only patterns with `!`, which take in nothing; name first what counts';
function takesNothing(patterns) {
    return patterns.length > 0 && patterns.every((text) => text.startsWith('!'));
}
function madePath(text) {
    if (/[*?]/.test(text))
        return { problem: `\`${text}\` is a pattern; name the one file or folder that is made` };
    const checked = folderPath(text);
    if (!('value' in checked) || checked.value !== '')
        return checked;
    return { problem: `\`${text}\` is the whole repository; name the file or folder that is made in it` };
}
/** `setting` has the shape of a list of texts. */
function readSources({ node, path, key }, failures) {
    const written = node.kind === 'list'
        ? node.items.map((item) => ({
            text: item.kind === 'scalar' ? item.source.trim() : '',
            place: item.place,
        }))
        : (0,config_pairs/* splitList */.ry)(node.kind === 'scalar' ? node.source : '', config_pairs/* LINE */.pj).map((text) => ({
            text,
            place: node.place,
        }));
    for (const { text, place } of written) {
        const checked = pattern(text);
        if ('problem' in checked)
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${checked.problem}`, place));
    }
    const sources = written.map(({ text }) => text);
    if (sources.length === 0)
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` has no source; name at least one pattern of the files it is made from`, key));
    if (takesNothing(sources))
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` ${ONLY_TAKEN_BACK}`, node.place));
    return sources;
}

;// CONCATENATED MODULE: ./src/config/settings.ts








/** Fields that this action writes itself into the entries of the output `matrix`. */
const MATRIX_FIELDS = ['service', 'action', 'fingerprint', 'reason', 'digest'];
const PLATFORM = /^[a-z\d]+\/[a-z\d_]+(?:\/[a-z\d.]+)?$/;
/** Reads the keys that `section` holds and adds to `failures` every value that is wrong. Unknown keys are not read. */
function readSettings(section, failures) {
    const reader = new SectionReader(section, failures);
    return {
        ...withoutUndefined({
            context: reader.checked('context', folderPath),
            file: reader.checked('file', filePath),
            image: reader.checked('image', config_image/* parseImage */.zZ),
            tags: reader.list('tags', config_pairs/* TAG_SEPARATOR */.Zn),
            paths: readPaths(reader),
            ignore: reader.list('ignore', config_pairs/* LINE */.pj, pattern),
        }),
        generated: readGenerated(reader, failures),
        contexts: readContexts(reader, failures),
        build: readBuild(reader),
        labels: new Map([...reader.pairs('labels', labelName)].map(([name, { value }]) => [name, value ?? ''])),
        buildArgs: readBuildArgs(reader, failures),
        matrix: readMatrix(reader, failures),
    };
}
function readBuild(reader) {
    return withoutUndefined({
        target: reader.text('target'),
        platforms: readPlatforms(reader),
        annotations: reader.list('annotations', config_pairs/* LINE */.pj),
        ssh: reader.list('ssh', config_pairs/* LINE_OR_COMMA */.R2),
        provenance: reader.text('provenance'),
        sbom: reader.text('sbom'),
        attests: reader.list('attests', config_pairs/* LINE */.pj),
        network: reader.text('network'),
        shmSize: reader.text('shm-size'),
        addHosts: reader.list('add-hosts', config_pairs/* LINE_OR_COMMA */.R2),
        ulimit: reader.list('ulimit', config_pairs/* LINE_OR_COMMA */.R2),
        allow: reader.list('allow', config_pairs/* LINE_OR_COMMA */.R2),
        noCache: reader.value('no-cache'),
        noCacheFilters: reader.list('no-cache-filters', config_pairs/* LINE_OR_COMMA */.R2),
        cacheFrom: reader.list('cache-from', config_pairs/* LINE */.pj),
        cacheTo: reader.list('cache-to', config_pairs/* LINE */.pj),
    });
}
function readPlatforms(reader) {
    const platforms = reader.list('platforms', config_pairs/* LINE_OR_COMMA */.R2, platform);
    if (platforms?.length === 0)
        reader.fail('platforms', 'must name at least one platform; remove the key for the default');
    return platforms === undefined ? undefined : [...new Set(platforms)];
}
function platform(text) {
    if (PLATFORM.test(text))
        return { value: text };
    const mend = /^[a-z\d_]+$/.test(text) ? `; write \`linux/${text}\`` : '';
    return { problem: `\`${text}\` is not os/arch or os/arch/variant in small letters${mend}` };
}
function labelName(name) {
    if (!name.startsWith('smart-image-build.'))
        return { value: name };
    return {
        problem: `\`${name}\`: labels that start with smart-image-build. are reserved, they say what was built`,
    };
}
/** An argument without a value is that of the environment variable of its name, as for `docker build --build-arg NAME`. */
function readBuildArgs(reader, failures) {
    const args = new Map();
    for (const [name, { value, place, path }] of reader.pairs('build-args', (name) => ({ value: name }))) {
        const parsed = value === null ? { value: { parts: [{ name }], unbraced: [] } } : (0,interpolate/* parseTemplate */.Q)(value);
        if ('value' in parsed)
            args.set(name, { template: parsed.value, place });
        else
            failures.push((0,invalid/* invalid */.G)(`\`${path}\`: ${parsed.problem}`, place));
    }
    return args;
}
function readMatrix(reader, failures) {
    const matrix = new Map();
    for (const [key, setting] of reader.map('matrix')) {
        if (MATRIX_FIELDS.includes(key)) {
            const others = MATRIX_FIELDS.join(', ');
            failures.push((0,invalid/* invalid */.G)(`\`${setting.path}\`: the matrix has ${others} of its own; choose another name`, setting.key));
        }
        matrix.set(key, jsonValue(setting, failures));
    }
    return matrix;
}
/** Objects have no prototype, so that a key `__proto__` is a key like any other. */
function jsonValue({ node, path, key }, failures) {
    if (node.kind === 'list') {
        return node.items.map((item, index) => jsonValue({ node: item, path: `${path}.${index}`, key: item.place }, failures));
    }
    if (node.kind === 'map') {
        const object = Object.create(null);
        for (const [name, entry] of node.entries) {
            object[name] = jsonValue({ node: entry.node, path: `${path}.${name}`, key: entry.place }, failures);
        }
        return object;
    }
    if (typeof node.value === 'number' && String(node.value) !== node.source) {
        failures.push((0,invalid/* invalid */.G)(`\`${path}\`: \`${node.source}\` would become the number ${node.value}; put it in quotes`, key));
    }
    return node.value;
}
function withoutUndefined(fields) {
    const set = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Object.fromEntries(set);
}

;// CONCATENATED MODULE: ./src/config/parse.ts









const TOP_KEYS = { allowed: ['registry', 'defaults', 'services'], later: LATER_TOP_KEYS, perService: [] };
const SERVICE_KEYS = { allowed: Object.keys(serviceEntries), later: LATER_SERVICE_KEYS, perService: [] };
const DEFAULTS_KEYS = {
    allowed: SERVICE_KEYS.allowed.filter((key) => !PER_SERVICE_KEYS.some((own) => own === key)),
    later: LATER_SERVICE_KEYS,
    perService: PER_SERVICE_KEYS,
};
const NO_SETTINGS = readSettings({ path: 'defaults', entries: new Map() }, []);
/**
 * Understands a configuration; `file` only names it in places. Every failure is `config-invalid` with a place; all of
 * them are listed, in the order of the file, unless it is no YAML at all.
 */
function parseConfig(text, file) {
    const document = readDocument(text, file);
    const failures = [...document.failures];
    const config = document.root === undefined ? undefined : readConfig(document.root, failures);
    const [first, ...more] = inOrder(failures);
    if (first !== undefined)
        return (0,failure/* failed */.gz)(first, ...more);
    if (config === undefined)
        throw new Error('A configuration that cannot be read has failures');
    return (0,failure.ok)(config);
}
function readConfig(root, failures) {
    if (root.kind !== 'map') {
        const found = root.kind === 'scalar' && root.value === null
            ? 'the configuration is empty'
            : `the configuration must be a map, but is ${describe(root)}`;
        failures.push((0,invalid/* invalid */.G)(`${found}; it needs at least \`services:\` with one service`, root.place));
        return undefined;
    }
    failures.push(...keyFailures(root.entries, TOP_KEYS));
    const registry = readRegistry(root.entries.get('registry'), failures);
    const defaults = readDefaults(root.entries.get('defaults'), failures);
    const services = readServices(root, failures);
    return { ...(registry === undefined ? {} : { registry }), defaults, services };
}
function readRegistry(entry, failures) {
    if (entry === undefined)
        return undefined;
    const { node } = entry;
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') {
        failures.push((0,invalid/* invalid */.G)(`\`registry\` must be text such as ghcr.io/acme, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const checked = (0,config_image/* parseRegistry */.l5)(node.value);
    if ('value' in checked)
        return checked.value;
    failures.push((0,invalid/* invalid */.G)(`\`registry\`: ${checked.problem}`, node.place));
    return undefined;
}
function readDefaults(entry, failures) {
    if (entry === undefined || isEmpty(entry.node))
        return NO_SETTINGS;
    const { node } = entry;
    if (node.kind !== 'map') {
        failures.push((0,invalid/* invalid */.G)(`\`defaults\` must be a map, but is ${describe(node)}`, node.place));
        return NO_SETTINGS;
    }
    failures.push(...keyFailures(node.entries, DEFAULTS_KEYS));
    const understood = [...node.entries].filter(([key]) => DEFAULTS_KEYS.allowed.includes(key));
    return readSettings({ path: 'defaults', entries: new Map(understood) }, failures);
}
function readServices(root, failures) {
    const entry = root.entries.get('services');
    const node = entry?.node;
    if (node?.kind !== 'map' || node.entries.size === 0) {
        const found = node === undefined
            ? 'is missing'
            : `must be a map of names to services, but is ${node.kind === 'map' ? 'an empty one' : describe(node)}`;
        failures.push((0,invalid/* invalid */.G)(`\`services\` ${found}; name at least one service`, entry?.place ?? root.place));
        return [];
    }
    return [...node.entries].flatMap(([name, service]) => readService(name, service, failures) ?? []);
}
function readService(name, { place, node }, failures) {
    const path = `services.${name}`;
    const isNamed = SERVICE_NAME.test(name);
    if (!isNamed) {
        const rule = 'letters, digits, `.`, `_` and `-`, a letter or digit first, at most 100 characters';
        failures.push((0,invalid/* invalid */.G)(`\`${name}\` is not a valid name of a service: ${rule}`, place));
    }
    if (node.kind !== 'map' && !isEmpty(node)) {
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` must be a map with at least \`context\`, but is ${describe(node)}`, node.place));
        return undefined;
    }
    const entries = node.kind === 'map' ? node.entries : new Map();
    failures.push(...keyFailures(entries, SERVICE_KEYS));
    const settings = readSettings({ path, entries }, failures);
    if (!entries.has('context')) {
        const mend = `say which folder it is built from, such as \`context: ${name}\`, or \`context: .\` for the root`;
        failures.push((0,invalid/* invalid */.G)(`\`${path}\` has no \`context\`; ${mend}`, place));
    }
    const image = isNamed && !entries.has('image') ? imageOfName(name, place, failures) : settings.image;
    const { context } = settings;
    if (context === undefined || image === undefined)
        return undefined;
    return { name, place, context, file: settings.file ?? joinPath(context, 'Dockerfile'), image, settings };
}
function imageOfName(name, place, failures) {
    const checked = (0,config_image/* parseImage */.zZ)(name);
    if ('value' in checked)
        return checked.value;
    failures.push((0,invalid/* invalid */.G)(`${checked.problem}; rename the service or give it an \`image\``, place));
    return undefined;
}
function isEmpty(node) {
    return node.kind === 'scalar' && node.value === null;
}
/** By place; an anchored value that is wrong in the same way wherever it is used is listed once. */
function inOrder(failures) {
    const sorted = failures.toSorted((a, b) => position(a) - position(b));
    return [...new Map(sorted.map((failure) => [JSON.stringify(failure), failure])).values()];
}
function position(failure) {
    return failure.kind === 'config-invalid' && failure.place
        ? failure.place.line * 1e6 + failure.place.column
        : 0;
}


/***/ })

};

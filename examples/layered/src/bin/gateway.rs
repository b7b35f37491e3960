fn main() {
    depot::greet();
    println!("gateway is up");
}

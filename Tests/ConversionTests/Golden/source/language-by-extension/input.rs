fn main() {
    println!("```");
}
